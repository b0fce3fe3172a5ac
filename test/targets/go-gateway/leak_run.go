package main

import (
	"log"
	"os"
	"os/exec"
	"sync"

	"github.com/creack/pty"
)

// ExecutionResult is what became of a run.
type ExecutionResult int

const (
	ExecutionSuccess ExecutionResult = iota
	ExecutionStopped
	ExecutionOtherError
)

// terminals are those that can be told of a new size, by the agent that has them.
type terminals struct {
	mu    sync.Mutex
	byPID map[int]*os.File
}

func (t *terminals) add(pid int, ptmx *os.File) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byPID == nil {
		t.byPID = map[int]*os.File{}
	}
	t.byPID[pid] = ptmx
}

func (t *terminals) remove(pid int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byPID, pid)
}

// leakyRun is what the client is told of a run, and how its last attempt ended.
type leakyRun struct {
	announce func()
	end      func(agentExit)
	exit     agentExit
}

// answerLeaky answers a prompt where the run of an agent is to leak.
func (svc *ChatService) answerLeaky(client *Client, prompt Prompt) {
	var once sync.Once
	run := leakyRun{
		// A client may ask for the end as soon as it is told of the start: somebody must be there to be ended.
		announce: sync.OnceFunc(func() { client.announce(prompt.content) }),
		end: func(exit agentExit) {
			once.Do(func() {
				client.setActive(nil)
				client.send(endFrame{"exec_end", exit})
			})
		},
	}
	if svc.executeCommand(client, prompt, &run) == ExecutionOtherError {
		log.Printf("[ERROR] Execution failed: %s", run.exit.Error)
	}
	run.announce()
	run.end(run.exit)
}

// executeCommand runs an agent, in the document's way where a leak is chosen. The document shows the block with the PTY
// (leak 4), the scanner (leak 5), and how agents are ended (leak 1); what stands around them is the least that makes
// them a gateway.
func (svc *ChatService) executeCommand(client *Client, prompt Prompt, run *leakyRun) ExecutionResult {
	command := svc.command(prompt)
	isGooseCommand := command.Terminal
	var (
		cmd  *exec.Cmd
		ptmx *os.File
		err  error
	)
	for attempt := 1; attempt <= svc.attempts(); attempt++ {
		cmd = svc.leakyCommand(client, command)
		errorLines, childsEnd := svc.scanErrors(cmd)
		var outputs []*os.File
		if isGooseCommand {
			// Leak 4 of the document, "PTY Resource Leaks", word for word. The deferred functions share the variable: after
			// another attempt both close the second terminal, and nobody closes the first.
			ptmx, err = pty.Start(cmd)
			if err != nil {
				log.Printf("[ERROR] Failed to start PTY: %v", err)
				return ExecutionOtherError // PTY not cleaned up!
			}
			defer func() {
				_ = ptmx.Close() // May not be called on panic!
			}()
			svc.terminals.add(cmd.Process.Pid, ptmx)
			defer func() { svc.terminals.remove(cmd.Process.Pid) }()
			outputs = []*os.File{ptmx}
		} else if outputs, err = launchOnPipes(cmd); err != nil {
			run.exit.Error = err.Error()
			return ExecutionOtherError
		}
		if childsEnd != nil {
			_ = childsEnd.Close()
		}
		var mp *ManagedProcess
		if svc.options.Leaks.Process {
			client.setActive(unmanagedProcess{cmd, func() { run.end(agentExit{Error: "stopped"}) }})
		} else {
			mp = svc.manage(client, cmd)
			client.setActive(mp)
		}
		run.announce()
		readErr := read(client, outputs, errorLines)
		if !isGooseCommand {
			for _, output := range outputs {
				_ = output.Close()
			}
		}
		stopped := client.wasStopped()
		switch {
		case mp != nil:
			run.exit = mp.Follow(nil)
		case readErr != nil && !stopped:
			// On Linux, each reading of a terminal ends with EIO. Taken for an error, and on the way out nobody waits for the
			// agent: it stays as a zombie, and with it the watcher of its context.
			run.exit = agentExit{Error: readErr.Error()}
		default:
			_ = cmd.Wait() // the second one, if the agent was stopped
			run.exit = exitOf(cmd.ProcessState)
		}
		if stopped || client.ctx.Err() != nil {
			return ExecutionStopped
		}
		if !run.exit.failed() {
			return ExecutionSuccess
		}
	}
	return ExecutionOtherError
}

// attempts is how often a failing agent is started: once more where the PTY leaks, in case that its session was not there.
func (svc *ChatService) attempts() int {
	if svc.options.Leaks.PTY {
		return 2
	}
	return 1
}

func (svc *ChatService) leakyCommand(client *Client, command Command) *exec.Cmd {
	cmd := exec.Command(command.Name, command.Args...)
	if svc.options.Leaks.Process {
		cmd = exec.CommandContext(client.ctx, command.Name, command.Args...)
	}
	cmd.Env = command.Env
	return cmd
}

// manage has the manager look after an agent, where that part is sound.
func (svc *ChatService) manage(client *Client, cmd *exec.Cmd) *ManagedProcess {
	// There is no limit with a leak, so it is refused only while the gateway stops, and then adopt ends it.
	if svc.processes.reserve() != nil {
		svc.processes.mu.Lock()
		svc.processes.starting++
		svc.processes.mu.Unlock()
	}
	return svc.processes.adopt(client.ctx, cmd, nil)
}

// scanErrors has the errors of an agent scanned where that leaks: its lines, and the end that is the child's.
func (svc *ChatService) scanErrors(cmd *exec.Cmd) (<-chan string, *os.File) {
	if !svc.options.Leaks.Scanner {
		return nil, nil
	}
	stderr, childsEnd, err := os.Pipe()
	if err != nil {
		log.Printf("[ERROR] Failed to make a pipe: %v", err)
		return nil, nil
	}
	cmd.Stderr = childsEnd
	lines := make(chan string)
	scanStderr(stderr, lines)
	return lines, childsEnd
}

// read passes lines on until the outputs end, whatever is left of the errors.
func read(client *Client, outputs []*os.File, errorLines <-chan string) error {
	lines := make(chan string)
	failures := make(chan error, len(outputs))
	var readers sync.WaitGroup
	for _, output := range outputs {
		readers.Add(1)
		go func() {
			defer readers.Done()
			if err := readLines(output, func(line string) { lines <- line }); err != nil {
				failures <- err
			}
		}()
	}
	go func() {
		readers.Wait()
		close(failures)
		close(lines)
	}()
	for {
		select {
		case line, more := <-lines:
			if !more {
				return <-failures
			}
			client.say(line)
		case line := <-errorLines:
			client.say(line)
		}
	}
}
