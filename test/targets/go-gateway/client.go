package main

import (
	"context"
	"log"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	welcomeAfter = 100 * time.Millisecond
	writeWithin  = 10 * time.Second
	// A prompt has to fit into one argument, which Linux limits to 128 KiB (execve(2), MAX_ARG_STRLEN).
	maxPayloadBytes = 64 * 1024
)

// activeProcess is the agent that runs for a client.
type activeProcess interface {
	Terminate(timeout time.Duration) error
}

// Client is one connection, and all that is held for it.
type Client struct {
	conn             *websocket.Conn
	browserSessionID string
	username         string
	ctx              context.Context
	cancelFunc       context.CancelFunc

	// One writer at a time, as the library demands.
	writing sync.Mutex
	// Goroutines that end with the client.
	work sync.WaitGroup

	mu            sync.Mutex
	activeProcess activeProcess
	// Whether the client has asked for the end of the run under way.
	stopping bool
	waiting  *Prompt
	running  bool
	history  History
	// Whether an indexer was started for it, where that leaks.
	indexed bool
}

// send writes one frame. What cannot be written is dropped: that the client has gone is for the reading side to find out.
func (c *Client) send(frame any) {
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	_ = c.conn.WriteJSON(frame)
}

func (c *Client) complain(message string) {
	c.send(errorFrame{"error", message})
}

// say passes on a line of the agent.
func (c *Client) say(line string) {
	c.mu.Lock()
	c.history.add(historyEntry{"agent", line})
	c.mu.Unlock()
	c.send(contentFrame{"content", line})
}

// announce tells the client that its prompt is run.
func (c *Client) announce(content string) {
	c.mu.Lock()
	c.history.add(historyEntry{"user", content})
	turn := c.history.turns
	c.mu.Unlock()
	c.send(senderFrame{"user", "USER"})
	c.send(contentFrame{"content", content})
	c.send(senderFrame{"bot", "goose"})
	c.send(startFrame{"exec_start", turn})
}

// setActive says who runs for the client now; nil = nobody.
func (c *Client) setActive(process activeProcess) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.activeProcess = process
	c.stopping = false
}

func (c *Client) active() activeProcess {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.activeProcess
}

func (c *Client) wasStopped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stopping
}

// TerminateActiveProcess ends the agent of the client, if one runs.
func (c *Client) TerminateActiveProcess(grace time.Duration) error {
	c.mu.Lock()
	process := c.activeProcess
	c.stopping = process != nil
	c.mu.Unlock()
	if process == nil {
		return nil
	}
	return process.Terminate(grace)
}

// interrupt ends the run under way, and does not wait for that.
func (c *Client) interrupt(grace time.Duration) {
	if c.active() == nil {
		return
	}
	c.spawn(func() {
		if err := c.TerminateActiveProcess(grace); err != nil {
			log.Printf("[PROCESS] %v", err)
		}
	})
}

// spawn starts a goroutine that the end of the client waits for.
func (c *Client) spawn(work func()) {
	c.work.Add(1)
	go func() {
		defer c.work.Done()
		work()
	}()
}

// beat welcomes the client, and pings it until its context ends.
func (c *Client) beat(pingEvery time.Duration) {
	welcome := time.NewTimer(welcomeAfter)
	defer welcome.Stop()
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-welcome.C:
			c.send(senderFrame{"bot", "goose"})
			c.send(contentFrame{"content", "Ready. Ask away."})
		case <-ticker.C:
			// A ping that cannot be written has no answer: the read deadline tells.
			_ = c.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(pingEvery))
		}
	}
}

// pingsMissed in a row, and the peer is gone: fewer, and a busy machine looks like a silent peer.
const pingsMissed = 5

// expectPongs ends reading when the peer has been silent for that long.
func (c *Client) expectPongs(pingEvery time.Duration) {
	extend := func(string) error {
		if c.ctx.Err() != nil {
			return nil // the deadline is that of the goodbye
		}
		return c.conn.SetReadDeadline(time.Now().Add(pingsMissed * pingEvery))
	}
	_ = extend("")
	c.conn.SetPongHandler(extend)
}
