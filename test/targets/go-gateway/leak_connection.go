package main

import (
	"context"

	"github.com/gorilla/websocket"
)

// leakyChatService is the service with leak 2 of the document, "WebSocket Connection Leaks".
type leakyChatService struct {
	*ChatService
}

// handleWebSocket is the document's, word for word but for the place where it says "... handle messages ...".
func (svc leakyChatService) handleWebSocket(ws *websocket.Conn) {
	client := &Client{
		conn:             ws,
		browserSessionID: "",
		username:         "user",
	}

	svc.mutex.Lock()
	svc.clients[client] = true
	svc.mutex.Unlock()

	defer func() {
		svc.mutex.Lock()
		delete(svc.clients, client)
		svc.mutex.Unlock()
		ws.Close()
		// LEAK: Active processes not terminated!
		// LEAK: Context not cancelled!
	}()

	svc.handleMessages(client)
}

func (svc leakyChatService) handleMessages(client *Client) {
	client.ctx, client.cancelFunc = context.WithCancel(context.Background())
	svc.converse(client)
}
