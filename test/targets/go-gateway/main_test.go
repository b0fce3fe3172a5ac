package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The agent's stand-in of the shipped scenarios.
var standIn string

// leakyBinary is the gateway without the race detector, which the leaky parts would rightly set off.
var leakyBinary string

func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	folder, err := os.MkdirTemp("", "go-gateway-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	if standIn, err = filepath.Abs("../../../scenarios/stand-in/goose"); err != nil {
		panic(err)
	}
	leakyBinary = filepath.Join(folder, "go-gateway")
	if output, err := exec.Command("go", "build", "-o", leakyBinary, ".").CombinedOutput(); err != nil {
		panic(string(output))
	}
	code := m.Run()
	if err := goleak.Find(); code == 0 && err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		return 1
	}
	return code
}

// startGateway starts a fixed gateway with the stand-in, and stops it after the test.
func startGateway(t *testing.T, agent string) *Gateway {
	t.Helper()
	parsed, err := parseAgent(agent)
	if err != nil {
		t.Fatal(err)
	}
	gateway, err := StartGateway(Options{
		Agent: parsed, Folder: ".", IndexEvery: 20 * time.Millisecond, PingEvery: 200 * time.Millisecond,
		Grace: 200 * time.Millisecond, StopWithin: 3 * time.Second, MaxProcesses: defaultMaxProcesses,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := gateway.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return gateway
}

// eventually waits until a condition holds; polling, since a fixed sleep is too short on one machine and too long on all others.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("not within 10 s: %s", what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
