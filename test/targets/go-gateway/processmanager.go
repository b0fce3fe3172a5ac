package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

const (
	// How long a killed process may take to be gone.
	confirmWithin = 5 * time.Second
	// How long an output may be silent after the exit, should somebody outside of the session hold it open.
	lastWordsWithin = time.Second
)

var errProcessLimit = errors.New("too many agents run already")

// ProcessManager starts processes, and knows all that have not been given back.
type ProcessManager struct {
	// From SIGINT to SIGKILL where a context ends a process.
	grace time.Duration
	// 0 = no limit.
	maxProcesses int

	mu        sync.Mutex
	processes map[int]*ManagedProcess
	starting  int
	closed    bool
}

func NewProcessManager(grace time.Duration, maxProcesses int) *ProcessManager {
	return &ProcessManager{grace: grace, maxProcesses: maxProcesses, processes: map[int]*ManagedProcess{}}
}

// Command is what to start, and how.
type Command struct {
	Name     string
	Args     []string
	Env      []string
	Terminal bool
}

// ManagedProcess is a process with its whole session, and what has to be given back after it.
type ManagedProcess struct {
	cmd     *exec.Cmd
	pid     int
	outputs []*os.File
	// Run once, the last one first.
	cleanup   []func()
	interrupt sync.Once
	killed    sync.Once
	// Held while a signal is sent, so that nobody is reaped meanwhile.
	signalling sync.Mutex
	// Closed when the process itself has exited.
	exited chan struct{}
	// Closed when the outputs have been read.
	followed chan struct{}
	// Closed when everything is given back.
	done chan struct{}
	exit agentExit
}

// Start starts a process in a session of its own. When ctx ends, the session is terminated. The caller has to Follow.
func (pm *ProcessManager) Start(ctx context.Context, command Command) (*ManagedProcess, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := pm.reserve(); err != nil {
		return nil, err
	}
	// Not CommandContext: its cancellation is a SIGKILL at once, and for the child alone.
	cmd := exec.Command(command.Name, command.Args...)
	cmd.Env = command.Env
	outputs, err := launch(cmd, command.Terminal)
	if err != nil {
		pm.release()
		return nil, err
	}
	return pm.adopt(ctx, cmd, outputs), nil
}

// adopt takes over a process that leads a session and that nobody else waits for. A place has to be reserved for it.
func (pm *ProcessManager) adopt(ctx context.Context, cmd *exec.Cmd, outputs []*os.File) *ManagedProcess {
	mp := &ManagedProcess{
		cmd:      cmd,
		pid:      cmd.Process.Pid,
		outputs:  outputs,
		exited:   make(chan struct{}),
		followed: make(chan struct{}),
		done:     make(chan struct{}),
	}
	for _, output := range outputs {
		mp.cleanup = append(mp.cleanup, func() { _ = output.Close() })
	}
	pm.mu.Lock()
	pm.starting--
	pm.processes[mp.pid] = mp
	closed := pm.closed
	pm.mu.Unlock()
	terminate := func() {
		if err := mp.Terminate(pm.grace); err != nil {
			log.Printf("[PROCESS] %v", err)
		}
	}
	release := context.AfterFunc(ctx, terminate)
	mp.cleanup = append(mp.cleanup, func() { release() }, func() { pm.forget(mp) })
	go mp.supervise()
	if closed {
		go terminate()
	}
	return mp
}

func (pm *ProcessManager) reserve() error {
	pm.mu.Lock()
	defer pm.mu.Unlock()
	if pm.closed {
		return errors.New("the gateway is stopping")
	}
	if held := len(pm.processes) + pm.starting; pm.maxProcesses > 0 && held >= pm.maxProcesses {
		return fmt.Errorf("%w: %d, the limit is %d", errProcessLimit, held, pm.maxProcesses)
	}
	pm.starting++
	return nil
}

func (pm *ProcessManager) release() {
	pm.mu.Lock()
	defer pm.mu.Unlock()
	pm.starting--
}

func (pm *ProcessManager) forget(mp *ManagedProcess) {
	pm.mu.Lock()
	defer pm.mu.Unlock()
	// The number may have gone to a newer process by now.
	if pm.processes[mp.pid] == mp {
		delete(pm.processes, mp.pid)
	}
}

// Count is how many processes have not been given back.
func (pm *ProcessManager) Count() int {
	pm.mu.Lock()
	defer pm.mu.Unlock()
	return len(pm.processes)
}

// Shutdown terminates all processes, and starts no more.
func (pm *ProcessManager) Shutdown(grace time.Duration) error {
	pm.mu.Lock()
	pm.closed = true
	left := make([]*ManagedProcess, 0, len(pm.processes))
	for _, mp := range pm.processes {
		left = append(left, mp)
	}
	pm.mu.Unlock()
	failures := make([]error, len(left))
	var ended sync.WaitGroup
	for i, mp := range left {
		ended.Add(1)
		go func() {
			defer ended.Done()
			failures[i] = mp.Terminate(grace)
		}()
	}
	ended.Wait()
	return errors.Join(failures...)
}

// Terminate ends the process and its session: SIGINT, after the timeout SIGKILL, then the confirmation that all is given
// back. It may be called more than once, and at the same time.
func (mp *ManagedProcess) Terminate(timeout time.Duration) error {
	mp.interrupt.Do(func() { mp.signal(syscall.SIGINT) })
	if within(mp.exited, timeout) {
		timeout = 0
	} else {
		mp.killed.Do(func() { mp.signal(syscall.SIGKILL) })
	}
	if within(mp.done, timeout+confirmWithin+lastWordsWithin) {
		return nil
	}
	return fmt.Errorf("pid %d (%s) is not gone", mp.pid, mp.cmd.Path)
}

// signal reaches the session for as long as its number is its own.
func (mp *ManagedProcess) signal(signal syscall.Signal) {
	mp.signalling.Lock()
	defer mp.signalling.Unlock()
	select {
	case <-mp.exited:
	default:
		signalSession(mp.pid, signal)
	}
}

// Follow hands the lines of both outputs to onLine, until the process has exited and its output is read.
func (mp *ManagedProcess) Follow(onLine func(string)) agentExit {
	var readers sync.WaitGroup
	for _, output := range mp.outputs {
		readers.Add(1)
		go func() {
			defer readers.Done()
			// A terminal ends with EIO on Linux, an output that somebody holds open with a deadline.
			_ = readLines(&lastWords{file: output, exited: mp.exited}, onLine)
		}()
	}
	readers.Wait()
	close(mp.followed)
	<-mp.done
	return mp.exit
}

// supervise is the only place that waits for the process.
func (mp *ManagedProcess) supervise() {
	defer close(mp.done)
	if err := waitUntilExited(mp.pid); err != nil {
		log.Printf("[PROCESS] pid %d: %v", mp.pid, err)
	}
	// Before the process is reaped: until then nobody else can have the number of its session.
	if err := killRest(mp.pid, confirmWithin); err != nil {
		log.Printf("[PROCESS] %v", err)
	}
	mp.signalling.Lock()
	close(mp.exited)
	mp.signalling.Unlock()
	_ = mp.cmd.Wait() // how it ended is in its state
	mp.exit = exitOf(mp.cmd.ProcessState)
	for _, output := range mp.outputs {
		_ = output.SetReadDeadline(time.Now()) // wakes its reader, see lastWords
	}
	<-mp.followed
	mp.runCleanup()
}

func (mp *ManagedProcess) runCleanup() {
	for i := len(mp.cleanup) - 1; i >= 0; i-- {
		mp.cleanup[i]()
	}
}

func within(done <-chan struct{}, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

// launch starts cmd as the leader of a session, and gives its outputs.
func launch(cmd *exec.Cmd, terminal bool) ([]*os.File, error) {
	if !terminal {
		return launchOnPipes(cmd)
	}
	ptmx, err := pty.Start(cmd)
	if err != nil {
		return nil, err
	}
	defer ptmx.Close()
	master, err := pollable(ptmx)
	if err != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
		return nil, err
	}
	return []*os.File{master}, nil
}

// pollable is the same terminal in a mode in which Close and deadlines end a Read: pty.Start leaves it in blocking mode.
func pollable(ptmx *os.File) (*os.File, error) {
	fd, _, errno := syscall.Syscall(syscall.SYS_FCNTL, ptmx.Fd(), syscall.F_DUPFD_CLOEXEC, 0)
	if errno != 0 {
		return nil, os.NewSyscallError("fcntl", errno)
	}
	if err := syscall.SetNonblock(int(fd), true); err != nil {
		_ = syscall.Close(int(fd))
		return nil, os.NewSyscallError("fcntl", err)
	}
	return os.NewFile(fd, ptmx.Name()), nil
}

// launchOnPipes makes the pipes itself: Wait closes those of StdoutPipe and StderrPipe while they may still hold output.
func launchOnPipes(cmd *exec.Cmd) (outputs []*os.File, err error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	var childs []*os.File
	defer func() {
		for _, file := range childs {
			_ = file.Close()
		}
		if err != nil {
			for _, file := range outputs {
				_ = file.Close()
			}
		}
	}()
	for _, place := range []*io.Writer{&cmd.Stdout, &cmd.Stderr} {
		if *place != nil {
			continue
		}
		ours, theirs, err := os.Pipe()
		if err != nil {
			return outputs, err
		}
		outputs, childs = append(outputs, ours), append(childs, theirs)
		*place = theirs
	}
	return outputs, cmd.Start()
}

func exitOf(state *os.ProcessState) agentExit {
	if state == nil {
		return agentExit{Error: "nobody knows how it ended"}
	}
	status, isWait := state.Sys().(syscall.WaitStatus)
	if isWait && status.Signaled() {
		name := signalName(status.Signal())
		return agentExit{Signal: &name}
	}
	code := state.ExitCode()
	return agentExit{Code: &code}
}

var signalNames = map[syscall.Signal]string{
	syscall.SIGHUP: "SIGHUP", syscall.SIGINT: "SIGINT", syscall.SIGQUIT: "SIGQUIT", syscall.SIGILL: "SIGILL",
	syscall.SIGABRT: "SIGABRT", syscall.SIGBUS: "SIGBUS", syscall.SIGFPE: "SIGFPE", syscall.SIGKILL: "SIGKILL",
	syscall.SIGSEGV: "SIGSEGV", syscall.SIGPIPE: "SIGPIPE", syscall.SIGALRM: "SIGALRM", syscall.SIGTERM: "SIGTERM",
}

func signalName(signal syscall.Signal) string {
	if name, known := signalNames[signal]; known {
		return name
	}
	return fmt.Sprintf("SIG%d", int(signal))
}
