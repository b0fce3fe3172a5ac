package main

import (
	"context"
	"log"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	welcomeAfter = 100 * time.Millisecond
	writeWithin  = 10 * time.Second
	// A prompt has to fit into one argument, which Linux limits to 128 KiB (execve(2), MAX_ARG_STRLEN).
	maxPayloadBytes = 64 * 1024
	// Pings without an answer; one more, and the peer is gone.
	mostUnanswered = 4
)

// begin readies a client that has a connection and a context.
func (c *Client) begin() {
	c.writing = make(chan struct{}, 1)
	c.conn.SetReadLimit(maxPayloadBytes)
	c.conn.SetPongHandler(func(string) error {
		c.unanswered.Store(0)
		return nil
	})
}

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

	// Holds a token while somebody writes: one at a time, as the library demands.
	writing chan struct{}
	// Pings since the last answer.
	unanswered atomic.Int32
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
	c.writing <- struct{}{}
	defer func() { <-c.writing }()
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
	c.work.Add(1)
	go func() {
		defer c.work.Done()
		if err := c.TerminateActiveProcess(grace); err != nil {
			log.Printf("[PROCESS] %v", err)
		}
	}()
}

// beat welcomes the client, and pings it until its context ends. A peer that leaves five pings unanswered is gone. They are
// counted, and no clock is read: on a busy machine both sides are late.
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
			c.ping(pingEvery)
		}
	}
}

func (c *Client) ping(pingEvery time.Duration) {
	if c.unanswered.Add(1) > mostUnanswered {
		log.Printf("[CLIENT] %s left %d pings unanswered", c.conn.RemoteAddr(), mostUnanswered+1)
		_ = c.conn.Close() // ends the reading, which gives everything back
		return
	}
	// A write that waits for the peer is in the way: this ping counts as one without an answer.
	select {
	case c.writing <- struct{}{}:
	case <-time.After(pingEvery):
		return
	}
	defer func() { <-c.writing }()
	// A long time, for a write that comes too late breaks the connection for good, and on a busy machine all is late.
	_ = c.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin))
}
