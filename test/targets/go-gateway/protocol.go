package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Prompt is what a client asks the agent.
type Prompt struct {
	content      string
	firstMessage bool
	// The client's own name for the session; empty where it gave none, or none that an environment can hold.
	sessionID string
}

type stopRequest struct{}

type searchRequest struct {
	query      string
	maxResults int
}

const (
	defaultResults   = 50
	mostResults      = 200
	longestSessionID = 200
)

// parseMessage reads one frame: a Prompt, a stopRequest, a searchRequest, or an error that says what is wrong with it.
func parseMessage(text []byte) (any, error) {
	var value any
	if json.Unmarshal(text, &value) != nil {
		return nil, fmt.Errorf("the frame is not JSON")
	}
	fields, isObject := value.(map[string]any)
	if !isObject {
		return nil, fmt.Errorf("the frame is not a JSON object")
	}
	kind, typed := fields["type"]
	switch {
	case !typed:
		return parsePrompt(fields)
	case kind == "stop":
		return stopRequest{}, nil
	case kind == "fuzzy_search":
		return parseSearch(fields)
	}
	return nil, fmt.Errorf(`unknown type %.60q; known are "stop" and "fuzzy_search"`, fmt.Sprint(kind))
}

func parsePrompt(fields map[string]any) (any, error) {
	content, _ := fields["content"].(string)
	switch {
	case fields["sender"] != "USER":
		return nil, fmt.Errorf(`a frame needs a "type", or "sender":"USER" with a "content"`)
	case content == "":
		return nil, fmt.Errorf(`"content" must be a text that is not empty`)
	case strings.ContainsRune(content, 0):
		return nil, fmt.Errorf(`"content" must not hold a NUL character`)
	}
	id, _ := fields["sessionID"].(string)
	if len(id) > longestSessionID || strings.ContainsRune(id, 0) {
		id = ""
	}
	return Prompt{content: content, firstMessage: fields["firstMessage"] == true, sessionID: id}, nil
}

func parseSearch(fields map[string]any) (any, error) {
	query, isText := fields["query"].(string)
	if !isText {
		return nil, fmt.Errorf(`"query" must be a text`)
	}
	wanted, given := fields["maxResults"]
	if !given {
		return searchRequest{query, defaultResults}, nil
	}
	number, isNumber := wanted.(float64)
	if !isNumber || number < 1 || number != float64(int(number)) {
		return nil, fmt.Errorf(`"maxResults" must be a whole number of at least 1`)
	}
	return searchRequest{query, min(int(number), mostResults)}, nil
}

// The frames from the gateway to the client.
type (
	senderFrame struct {
		Type   string `json:"type"`
		Sender string `json:"sender"`
	}
	contentFrame struct {
		Type    string `json:"type"`
		Content string `json:"content"`
	}
	startFrame struct {
		Type string `json:"type"`
		Turn int    `json:"turn"`
	}
	endFrame struct {
		Type string `json:"type"`
		agentExit
	}
	resultsFrame struct {
		Type    string      `json:"type"`
		Query   string      `json:"query"`
		Results []foundFile `json:"results"`
	}
	errorFrame struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	}
)

// agentExit is how an agent ended.
type agentExit struct {
	Code   *int    `json:"code"`
	Signal *string `json:"signal"`
	// Why it could not be started, or what went wrong with it.
	Error string `json:"error,omitempty"`
}

func (e agentExit) failed() bool {
	return e.Code == nil || *e.Code != 0
}
