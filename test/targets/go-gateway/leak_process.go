package main

import (
	"log"
	"os"
	"os/exec"
	"time"
)

// Leak 1 of the document, "Zombie Process Creation". The function is the document's, word for word.
//
// cmd.Wait is called by the run, too (executeCommand). Of two calls at a time one takes the only result that the context's
// watcher sends, and the other waits for it for ever: this is the goroutine that never returns.
func terminateProcess(cmd *exec.Cmd) {
	// Try graceful shutdown first with interrupt signal
	err := cmd.Process.Signal(os.Interrupt)
	if err != nil {
		log.Printf("[PROCESS] Failed to send interrupt signal: %v", err)
	}

	// Wait for process to terminate gracefully
	done := make(chan error, 1)
	go func() {
		done <- cmd.Wait() // THIS GOROUTINE MAY NEVER RETURN!
	}()

	select {
	case <-time.After(2 * time.Second):
		// Force kill after timeout
		log.Printf("[PROCESS] Graceful termination timed out, force killing PID: %d", cmd.Process.Pid)
		err := cmd.Process.Kill()
		if err != nil {
			log.Printf("[PROCESS] Failed to kill process: %v", err)
			// Process becomes zombie if kill fails!
		}
	case err := <-done:
		// Process terminated
		if err != nil {
			log.Printf("[PROCESS] Process termination error: %v", err)
		} else {
			log.Printf("[PROCESS] Process terminated gracefully")
		}
	}
}

// unmanagedProcess is an agent that nobody looks after but terminateProcess.
type unmanagedProcess struct {
	cmd *exec.Cmd
	// Tells the client that its run is over, in case that the run does not come back.
	ended func()
}

func (p unmanagedProcess) Terminate(time.Duration) error {
	terminateProcess(p.cmd)
	p.ended()
	return nil
}
