package main

import (
	"context"
	"errors"
	"log"
	"os"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// ChatService has the sessions, and what they share.
type ChatService struct {
	options      Options
	ctx          context.Context
	processes    *ProcessManager
	monitor      *ResourceMonitor
	fuzzyMatcher searcher
	terminals    terminals

	mutex    sync.Mutex
	clients  map[*Client]bool
	stopping bool
	// The handlers of connections.
	handlers sync.WaitGroup
}

type searcher interface {
	Search(query string, maxResults int) []foundFile
	GetFileCount() int
}

// handleWebSocket serves one client until it has gone, and gives back all that was held for it.
func (svc *ChatService) handleWebSocket(ws *websocket.Conn) {
	ctx, cancel := context.WithCancel(svc.ctx)
	client := &Client{conn: ws, username: "user", ctx: ctx, cancelFunc: cancel}
	svc.mutex.Lock()
	svc.clients[client] = true
	svc.mutex.Unlock()
	// Deferred one by one, so that a panic in one of them does not spare the others. The last is the first to run.
	defer svc.forget(client)
	defer svc.waitForWork(client)
	defer func() {
		if err := client.TerminateActiveProcess(svc.options.Grace); err != nil {
			log.Printf("[CLEANUP] %v", err)
		}
	}()
	// Before the agent is ended: the client need not wait for that, and a run that writes to a client who does not read
	// would not come back.
	defer ws.Close()
	defer cancel()
	svc.converse(client)
}

// waitForWork waits until no goroutine of the client's is left. With the leak of processes, some are left.
func (svc *ChatService) waitForWork(client *Client) {
	if !svc.options.Leaks.Process {
		client.work.Wait()
	}
}

func (svc *ChatService) forget(client *Client) {
	svc.mutex.Lock()
	defer svc.mutex.Unlock()
	delete(svc.clients, client)
}

// converse does what the client asks until it leaves, or until its context ends.
func (svc *ChatService) converse(client *Client) {
	conn := client.conn
	client.begin()
	client.work.Add(1)
	go func() {
		defer client.work.Done()
		client.beat(svc.options.PingEvery)
	}()
	hangUp := context.AfterFunc(client.ctx, func() { svc.sayGoodbye(client) })
	defer hangUp()
	for {
		kind, text, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if kind != websocket.TextMessage {
			client.complain("frames must be text")
			continue
		}
		message, err := parseMessage(text)
		if err != nil {
			client.complain(err.Error())
			continue
		}
		svc.handle(client, message)
	}
}

// sayGoodbye closes politely; a client that does not answer in time is left without.
func (svc *ChatService) sayGoodbye(client *Client) {
	soon := time.Now().Add(svc.options.PingEvery)
	goingAway := websocket.FormatCloseMessage(websocket.CloseGoingAway, "the gateway is stopping")
	_ = client.conn.WriteControl(websocket.CloseMessage, goingAway, soon)
	_ = client.conn.SetReadDeadline(soon)
}

func (svc *ChatService) handle(client *Client, message any) {
	switch message := message.(type) {
	case Prompt:
		svc.submit(client, message)
	case stopRequest:
		svc.stop(client)
	case searchRequest:
		svc.searches(client)
		results := svc.fuzzyMatcher.Search(message.query, message.maxResults)
		client.send(resultsFrame{"fuzzy_results", message.query, results})
	}
}

// submit runs a prompt, one at a time: a new one ends the run before it, and takes the one place in the queue.
func (svc *ChatService) submit(client *Client, prompt Prompt) {
	client.mu.Lock()
	if prompt.firstMessage {
		client.history.clear()
	}
	replaced := client.waiting != nil
	client.waiting = &prompt
	running := client.running
	client.running = true
	client.mu.Unlock()
	if replaced {
		client.complain("the prompt was replaced by a newer one before it ran")
	}
	if running {
		client.interrupt(svc.options.Grace)
		return
	}
	client.work.Add(1)
	go func() {
		defer client.work.Done()
		for prompt := client.next(); prompt != nil; prompt = client.next() {
			svc.answer(client, *prompt)
		}
	}()
}

// next is the prompt to run; nil = there is none, and nobody runs any more.
func (c *Client) next() *Prompt {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := c.waiting
	c.waiting = nil
	if c.ctx.Err() != nil {
		next = nil
	}
	c.running = next != nil
	return next
}

// stop ends the run under way, and forgets a prompt that waits for its end.
func (svc *ChatService) stop(client *Client) {
	client.mu.Lock()
	client.waiting = nil
	client.mu.Unlock()
	client.interrupt(svc.options.Grace)
}

// answer answers a prompt with one exec_end, or with one error where it is refused.
func (svc *ChatService) answer(client *Client, prompt Prompt) {
	if svc.options.Leaks.inRun() {
		svc.answerLeaky(client, prompt)
		return
	}
	mp, err := svc.processes.Start(client.ctx, svc.command(prompt))
	if errors.Is(err, errProcessLimit) {
		client.complain(err.Error())
		return
	}
	if err != nil {
		client.announce(prompt.content)
		client.send(endFrame{"exec_end", agentExit{Error: err.Error()}})
		return
	}
	client.setActive(mp)
	client.announce(prompt.content)
	exit := mp.Follow(client.say)
	client.setActive(nil)
	client.send(endFrame{"exec_end", exit})
}

func (svc *ChatService) command(prompt Prompt) Command {
	agent := svc.options.Agent
	env := os.Environ()
	if prompt.sessionID != "" {
		env = append(env, "GATEWAY_SESSION="+prompt.sessionID)
	}
	return Command{
		Name: agent.Name, Args: agent.arguments(prompt.content), Env: env, Terminal: agent.wantsTerminal(),
	}
}
