package main

// How the faults of the document's own fixes were seen: its code, word for word, and what comes of it.

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

type documentsManager struct {
	processes map[int]*documentsProcess
	mu        sync.Mutex
	ctx       context.Context
}

type documentsProcess struct {
	cmd     *exec.Cmd
	cancel  context.CancelFunc
	cleanup []func() // Cleanup functions
	done    chan struct{}
}

func (mp *documentsProcess) runCleanup() {
	for _, clean := range mp.cleanup {
		clean()
	}
}

func (pm *documentsManager) Start(ctx context.Context, name string, args ...string) (*documentsProcess, error) {
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, name, args...)

	mp := &documentsProcess{
		cmd:    cmd,
		cancel: cancel,
		done:   make(chan struct{}),
	}

	// Ensure cleanup happens
	go func() {
		cmd.Wait()
		close(mp.done)
		mp.runCleanup()
	}()

	pm.mu.Lock()
	pm.processes[cmd.Process.Pid] = mp
	pm.mu.Unlock()

	return mp, nil
}

func (mp *documentsProcess) Terminate(timeout time.Duration) error {
	// Cancel context first
	mp.cancel()

	// Wait for graceful shutdown
	select {
	case <-mp.done:
		return nil
	case <-time.After(timeout):
		// Force kill
		mp.cmd.Process.Kill()
		<-mp.done // Wait for confirmation
		return nil
	}
}

type documentsTask struct {
	ticker *time.Ticker
	stop   chan struct{}
	done   chan struct{}
}

func newDocumentsTask(interval time.Duration, task func()) *documentsTask {
	pt := &documentsTask{
		ticker: time.NewTicker(interval),
		stop:   make(chan struct{}),
		done:   make(chan struct{}),
	}

	go func() {
		defer close(pt.done)
		defer pt.ticker.Stop()

		for {
			select {
			case <-pt.ticker.C:
				task()
			case <-pt.stop:
				return
			}
		}
	}()

	return pt
}

func (pt *documentsTask) Stop() {
	close(pt.stop)
	<-pt.done // Wait for goroutine to exit
}

func panicOf(work func()) (panicked any) {
	defer func() { panicked = recover() }()
	work()
	return nil
}

func TestTheDocumentsManagerDoesNotStartTheCommand(t *testing.T) {
	pm := &documentsManager{processes: map[int]*documentsProcess{}}
	panicked := panicOf(func() { _, _ = pm.Start(context.Background(), "true") })
	// The lock that it held is never given back either.
	if err, _ := panicked.(runtime.Error); err == nil || !strings.Contains(err.Error(), "nil pointer") {
		t.Errorf("panic: %v", panicked)
	}
	if pm.mu.TryLock() {
		t.Error("the lock was given back")
	}
}

// startAsMeant is the document's Start with the missing cmd.Start.
func startAsMeant(t *testing.T, script string, output io.Writer, cleanup ...func()) (*documentsManager, *documentsProcess) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "sh", "-c", script)
	cmd.Stdout = output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	mp := &documentsProcess{cmd: cmd, cancel: cancel, done: make(chan struct{}), cleanup: cleanup}
	go func() {
		cmd.Wait()
		close(mp.done)
		mp.runCleanup()
	}()
	pm := &documentsManager{processes: map[int]*documentsProcess{cmd.Process.Pid: mp}}
	return pm, mp
}

// firstLine is a Writer of which the first line can be waited for.
type firstLine struct {
	once sync.Once
	line chan string
}

func newFirstLine() *firstLine { return &firstLine{line: make(chan string, 1)} }

func (w *firstLine) Write(p []byte) (int, error) {
	w.once.Do(func() { w.line <- strings.TrimSpace(string(p)) })
	return len(p), nil
}

func TestTheDocumentsTerminateGivesNoGrace(t *testing.T) {
	ready := newFirstLine()
	pm, mp := startAsMeant(t, `trap "exit 7" INT TERM; echo ready; while :; do sleep 0.01; done`, ready)
	<-ready.line
	_ = mp.Terminate(5 * time.Second)
	if how := mp.cmd.ProcessState.String(); how != "signal: killed" {
		t.Errorf("it ended by %q", how)
	}
	if len(pm.processes) != 1 {
		t.Error("it is registered no more")
	}
}

func TestOursGivesAGrace(t *testing.T) {
	pm := NewProcessManager(time.Second, 0)
	script := `trap "exit 7" INT; echo ready; while :; do sleep 0.01; done`
	mp, err := pm.Start(context.Background(), Command{Name: "sh", Args: []string{"-c", script}, Env: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	ready := make(chan struct{})
	ended := make(chan agentExit)
	go func() { ended <- mp.Follow(func(string) { close(ready) }) }()
	<-ready
	if err := mp.Terminate(5 * time.Second); err != nil {
		t.Error(err)
	}
	if exit := <-ended; exit.Code == nil || *exit.Code != 7 {
		t.Errorf("it ended as %+v", exit)
	}
	if pm.Count() != 0 {
		t.Error("it is registered still")
	}
}

func TestTheDocumentsTerminateLeavesChildrenOfTheChildAndWaitsForThem(t *testing.T) {
	pid := newFirstLine()
	_, mp := startAsMeant(t, `sleep 300 & echo $!; wait`, pid)
	grandchild := mustAtoi(t, <-pid.line)
	returned := make(chan struct{})
	go func() {
		_ = mp.Terminate(10 * time.Millisecond)
		close(returned)
	}()
	eventually(t, "the child is gone", func() bool { stat, err := readStat(mp.cmd.Process.Pid); return err != nil || stat.state == 'Z' })
	if within(returned, 200*time.Millisecond) {
		t.Error("it came back, although the output is held open")
	}
	if stat, err := readStat(grandchild); err != nil || stat.state == 'Z' {
		t.Errorf("the grandchild is gone: %+v, %v", stat, err)
	}
	_ = syscall.Kill(grandchild, syscall.SIGKILL)
	<-returned
}

func TestOursEndsChildrenOfTheChild(t *testing.T) {
	pm := NewProcessManager(time.Second, 0)
	mp, err := pm.Start(context.Background(), Command{Name: "sh", Args: []string{"-c", `sleep 300 & echo $!; wait`}, Env: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	pid := make(chan string, 1)
	ended := make(chan agentExit)
	go func() { ended <- mp.Follow(func(line string) { pid <- line }) }()
	grandchild := mustAtoi(t, <-pid)
	if err := mp.Terminate(50 * time.Millisecond); err != nil {
		t.Error(err)
	}
	<-ended
	if stat, err := readStat(grandchild); err == nil && stat.state != 'Z' {
		t.Errorf("the grandchild is there: %+v", stat)
	}
}

func TestTheDocumentsTerminateComesBackBeforeTheCleanup(t *testing.T) {
	release, cleaned := make(chan struct{}), make(chan struct{})
	_, mp := startAsMeant(t, "sleep 300", nil, func() { <-release; close(cleaned) })
	_ = mp.Terminate(time.Second)
	select {
	case <-cleaned:
		t.Error("the cleanup has run")
	default:
	}
	close(release)
	<-cleaned
}

func TestTheDocumentsTaskPanicsWhenStoppedTwice(t *testing.T) {
	task := newDocumentsTask(time.Hour, func() {})
	task.Stop()
	if panicked := panicOf(task.Stop); panicked == nil {
		t.Error("no panic")
	}
}

func TestOursMayBeStoppedTwice(t *testing.T) {
	ran := make(chan struct{}, 1)
	task := NewPeriodicTask(time.Millisecond, func(ctx context.Context) {
		select {
		case ran <- struct{}{}:
		default:
		}
		<-ctx.Done() // Stop ends a task under way
	})
	<-ran
	task.Stop()
	task.Stop()
}

func TestWaitClosesAStderrPipeThatHoldsOutput(t *testing.T) {
	cmd := exec.Command("sh", "-c", "echo the last words >&2")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if text, err := io.ReadAll(stderr); !errors.Is(err, os.ErrClosed) {
		t.Errorf("read %q, %v", text, err)
	}
}

func TestPTYStartClosesTheTerminalWhenItFails(t *testing.T) {
	before, _ := countOpenFDs()
	if _, err := pty.Start(exec.Command("/nowhere/goose")); err == nil {
		t.Fatal("it started")
	}
	if after, _ := countOpenFDs(); after != before {
		t.Errorf("fds %d → %d: so the document is right", before, after)
	}
}

func TestAFileThatNobodyRefersToIsClosedByTheCollector(t *testing.T) {
	before, _ := countPTYs()
	func() {
		ptmx, tty, err := pty.Open()
		if err != nil {
			t.Fatal(err)
		}
		tty.Close()
		runtime.KeepAlive(ptmx)
	}()
	eventually(t, "the forgotten terminal is closed", func() bool {
		runtime.GC()
		now, err := countPTYs()
		return err == nil && now <= before
	})
}

func TestCloseDoesNotEndAReadOfAPTYAsTheLibraryGivesIt(t *testing.T) {
	reading := func(file *os.File) <-chan struct{} {
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _ = file.Read(make([]byte, 10))
		}()
		time.Sleep(50 * time.Millisecond) // until it reads
		return done
	}
	theirs, theirTTY := mustOpenPTY(t)
	blocked := reading(theirs)
	theirs.Close()
	if within(blocked, 200*time.Millisecond) {
		t.Error("it came back")
	}
	_, _ = theirTTY.WriteString("x\n")
	<-blocked

	inBlockingMode, _ := mustOpenPTY(t)
	ours, err := pollable(inBlockingMode)
	if err != nil {
		t.Fatal(err)
	}
	inBlockingMode.Close()
	freed := reading(ours)
	ours.Close()
	<-freed
}

func mustOpenPTY(t *testing.T) (ptmx, tty *os.File) {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tty.Close() })
	return ptmx, tty
}

func mustAtoi(t *testing.T, text string) (n int) {
	t.Helper()
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			t.Fatalf("%q is no number", text)
		}
		n = 10*n + int(digit-'0')
	}
	return n
}
