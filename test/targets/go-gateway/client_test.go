package main

import (
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// testClient is the document's createTestClient, with what it needs to work.
type testClient struct {
	t    *testing.T
	url  string
	conn *websocket.Conn
}

func createTestClient(t *testing.T, url string) *testClient {
	return &testClient{t: t, url: url}
}

func (c *testClient) Connect() {
	c.t.Helper()
	conn, response, err := websocket.DefaultDialer.Dial(strings.Replace(c.url, "http", "ws", 1)+"/ws", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.Body != nil {
		response.Body.Close()
	}
	c.conn = conn
}

func (c *testClient) SendMessage(content string) {
	c.send(map[string]any{"sender": "USER", "content": content, "firstMessage": true, "sessionID": "s1"})
}

func (c *testClient) send(frame any) {
	c.t.Helper()
	if err := c.conn.WriteJSON(frame); err != nil {
		c.t.Fatal(err)
	}
}

func (c *testClient) sendText(text string) {
	c.t.Helper()
	if err := c.conn.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
		c.t.Fatal(err)
	}
}

// expect passes over frames until one of the type comes, and gives it and the contents before it.
func (c *testClient) expect(kind string) (frame map[string]any, contents []string) {
	c.t.Helper()
	_ = c.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		frame = nil
		if err := c.conn.ReadJSON(&frame); err != nil {
			c.t.Fatalf("waiting for %q: %v", kind, err)
		}
		if frame["type"] == kind {
			return frame, contents
		}
		if content, isText := frame["content"].(string); isText {
			contents = append(contents, content)
		}
	}
}

// Disconnect leaves politely: a close frame, and the end of the connection is awaited.
func (c *testClient) Disconnect() {
	c.t.Helper()
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.conn.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(time.Second))
	_ = c.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := c.conn.ReadMessage(); err != nil {
			break
		}
	}
	_ = c.conn.Close()
}

// drop leaves without a word.
func (c *testClient) drop() {
	_ = c.conn.NetConn().Close()
}
