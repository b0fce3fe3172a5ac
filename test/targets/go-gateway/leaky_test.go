package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// leaky is a gateway in a process of its own.
type leaky struct {
	t   *testing.T
	cmd *exec.Cmd
	url string
}

func startLeaky(t *testing.T, leak string) *leaky {
	t.Helper()
	cmd := exec.Command(leakyBinary, "-leak", leak, "-agent", "goose run ?", "-folder", ".")
	cmd.Env = append(os.Environ(), "PATH="+os.Getenv("PATH")+":"+filepath.Dir(standIn))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	url := ""
	for url == "" && lines.Scan() {
		_, url, _ = strings.Cut(lines.Text(), "listening on ")
	}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, stderr)
	}()
	t.Cleanup(func() {
		left := childrenOf(cmd.Process.Pid)
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-drained
		_ = cmd.Wait()
		for _, pid := range left { // agents lead sessions of their own
			_ = syscall.Kill(-pid, syscall.SIGKILL)
		}
	})
	if url == "" {
		t.Fatal("it does not listen")
	}
	return &leaky{t, cmd, url}
}

func (l *leaky) get(path string) string {
	l.t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(l.url + path)
	if err != nil {
		l.t.Fatal(err)
	}
	defer response.Body.Close()
	text, _ := io.ReadAll(response.Body)
	return string(text)
}

// goroutines counts those that a line of their stacks matches.
func (l *leaky) goroutines(line string) int {
	return strings.Count(l.get("/debug/pprof/goroutine?debug=2"), line)
}

// open collects the garbage first: Go closes a file that nobody refers to.
func (l *leaky) open(metric string) (n int) {
	l.get("/debug/pprof/heap?gc=1&debug=1")
	_, after, _ := strings.Cut(l.get("/metrics"), "\n"+metric+" ")
	_, _ = fmt.Sscan(after, &n)
	return n
}

func (l *leaky) zombies() (n int) {
	for _, pid := range childrenOf(l.cmd.Process.Pid) {
		if stat, err := readStat(pid); err == nil && stat.state == 'Z' {
			n++
		}
	}
	return n
}

const sessions = 10

func (l *leaky) each(session func(*testClient)) {
	l.t.Helper()
	for i := 0; i < sessions; i++ {
		client := createTestClient(l.t, l.url)
		client.Connect()
		session(client)
	}
}

func failing(client *testClient) {
	client.SendMessage("try @exit=1")
	client.expect("exec_end")
	client.Disconnect()
}

func stopped(client *testClient) {
	client.SendMessage("go on @hang")
	client.expect("exec_start")
	time.Sleep(20 * time.Millisecond) // until the agent is what it says
	client.send(map[string]any{"type": "stop"})
	client.expect("exec_end")
	client.Disconnect()
}

func leaving(client *testClient) {
	client.SendMessage("go on @hang")
	client.expect("exec_start")
	client.drop()
}

func searching(client *testClient) {
	client.send(map[string]any{"type": "fuzzy_search", "query": "main"})
	client.expect("fuzzy_results")
	client.Disconnect()
}

func flooding(client *testClient) {
	client.SendMessage("try @flood-err=1000")
	client.expect("exec_end")
	client.Disconnect()
}

func TestEachLeakLeaksWhatTheDocumentSays(t *testing.T) {
	type measure func(*leaky) int
	zombies := func(l *leaky) int { return l.zombies() }
	waiters := func(l *leaky) int { return l.goroutines("os/exec.(*Cmd).Wait(") }
	agents := func(l *leaky) int { return len(childrenOf(l.cmd.Process.Pid)) }
	ptys := func(l *leaky) int { return l.open("process_open_ptys") }
	indexers := func(l *leaky) int { return l.goroutines("created by main.startIndexer") }
	scanners := func(l *leaky) int { return l.goroutines("created by main.scanStderr") }
	for name, c := range map[string]struct {
		leak    string
		session func(*testClient)
		left    measure
		atLeast int
	}{
		"process: a zombie for each failing agent":             {"process", failing, zombies, sessions},
		"process: goroutines that wait for agents that ended":  {"process", stopped, waiters, 1},
		"connection: the agents of clients that left":          {"connection", leaving, agents, sessions},
		"connection: their terminals":                          {"connection", leaving, ptys, sessions},
		"indexer: a goroutine for each session that searches":  {"indexer", searching, indexers, sessions},
		"pty: a terminal for each failing agent":               {"pty", failing, ptys, sessions},
		"scanner: goroutines that nobody takes the lines from": {"scanner", flooding, scanners, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := startLeaky(t, c.leak)
			l.each(c.session)
			eventually(t, "the leak", func() bool { return c.left(l) >= c.atLeast })
		})
		t.Run("fixed, "+name, func(t *testing.T) {
			t.Parallel()
			l := startLeaky(t, "none")
			l.each(c.session)
			eventually(t, "nothing is left", func() bool { return c.left(l) == 0 })
		})
	}
}

func TestLeaksAreChosenByName(t *testing.T) {
	all, _ := parseLeaks("all")
	each, _ := parseLeaks("process,connection,indexer,pty,scanner")
	if all != each || all == (Leaks{}) {
		t.Errorf("all is %v", all)
	}
	if one, err := parseLeaks("pty"); err != nil || one != (Leaks{PTY: true}) {
		t.Errorf("pty is %v, %v", one, err)
	}
	if _, err := parseLeaks("pty,memory"); err == nil || !strings.Contains(err.Error(), "known are") {
		t.Errorf("error %v", err)
	}
}
