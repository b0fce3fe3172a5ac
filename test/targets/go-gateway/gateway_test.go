package main

import (
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func connected(t *testing.T, gateway *Gateway) *testClient {
	t.Helper()
	client := createTestClient(t, gateway.URL())
	client.Connect()
	return client
}

func TestAnswersAPromptInTheOrderOfTheProtocol(t *testing.T) {
	for name, agent := range map[string]string{
		"in a terminal": "'" + standIn + "' run ?", "on pipes": "sh '" + standIn + "' run ?",
	} {
		t.Run(name, func(t *testing.T) {
			client := connected(t, startGateway(t, agent))
			defer client.Disconnect()
			client.expect("bot")
			client.expect("content")
			client.SendMessage("hello @exit=3")
			for _, kind := range []string{"user", "content", "bot"} {
				client.expect(kind)
			}
			start, _ := client.expect("exec_start")
			if start["turn"] != 1.0 {
				t.Errorf("turn %v", start["turn"])
			}
			end, contents := client.expect("exec_end")
			if end["code"] != 3.0 || end["signal"] != nil {
				t.Errorf("end %v", end)
			}
			if !strings.Contains(strings.Join(contents, "\n"), "echo: hello @exit=3") {
				t.Errorf("contents %q", contents)
			}
		})
	}
}

func TestTellsHowAnAgentEnded(t *testing.T) {
	client := connected(t, startGateway(t, standIn+" run ?"))
	defer client.Disconnect()
	client.SendMessage("die @kill")
	if end, _ := client.expect("exec_end"); end["signal"] != "SIGKILL" || end["code"] != nil {
		t.Errorf("killed: %v", end)
	}
	client.SendMessage("go on @hang")
	client.expect("exec_start")
	client.send(map[string]any{"type": "stop"})
	if end, _ := client.expect("exec_end"); end["signal"] != "SIGINT" {
		t.Errorf("stopped: %v", end)
	}
	client.SendMessage("go on @ignore-int")
	client.expect("exec_start")
	time.Sleep(50 * time.Millisecond) // for its trap
	client.send(map[string]any{"type": "stop"})
	if end, _ := client.expect("exec_end"); end["signal"] != "SIGKILL" {
		t.Errorf("stubborn: %v", end)
	}
}

func TestANewPromptEndsTheRunBeforeIt(t *testing.T) {
	client := connected(t, startGateway(t, standIn+" run ?"))
	defer client.Disconnect()
	client.SendMessage("one @hang")
	client.expect("exec_start")
	client.SendMessage("two")
	client.expect("exec_end")
	_, contents := client.expect("exec_end")
	if !strings.Contains(strings.Join(contents, "\n"), "echo: two") {
		t.Errorf("contents %q", contents)
	}
}

func TestSaysWhatIsWrongWithAFrame(t *testing.T) {
	client := connected(t, startGateway(t, standIn+" run ?"))
	defer client.Disconnect()
	for text, wanted := range map[string]string{
		"{":                       "not JSON",
		"[]":                      "not a JSON object",
		`{"type":"dance"}`:        `unknown type "dance"`,
		`{"sender":"USER"}`:       "must be a text that is not empty",
		`{"sender":"ME"}`:         `needs a "type"`,
		`{"type":"fuzzy_search"}`: `"query" must be a text`,
		`{"type":"fuzzy_search","query":"a","maxResults":0.5}`: "whole number",
		"{\"sender\":\"USER\",\"content\":\"a\\u0000\"}":       "NUL",
	} {
		client.sendText(text)
		frame, _ := client.expect("error")
		if message, _ := frame["message"].(string); !strings.Contains(message, wanted) {
			t.Errorf("%s: %q", text, message)
		}
	}
}

func TestSaysThatAnAgentIsNotThere(t *testing.T) {
	client := connected(t, startGateway(t, "/nowhere/goose run ?"))
	defer client.Disconnect()
	client.SendMessage("hello")
	end, _ := client.expect("exec_end")
	if message, _ := end["error"].(string); end["code"] != nil || !strings.Contains(message, "no such file") {
		t.Errorf("end %v", end)
	}
}

func TestSearchesTheIndex(t *testing.T) {
	client := connected(t, startGateway(t, standIn+" run ?"))
	defer client.Disconnect()
	client.send(map[string]any{"type": "fuzzy_search", "query": "main.go", "maxResults": 1})
	frame, _ := client.expect("fuzzy_results")
	results, _ := frame["results"].([]any)
	if len(results) != 1 || results[0].(map[string]any)["path"] != "main.go" {
		t.Errorf("frame %v", frame)
	}
}

func TestServesHealthAndMetrics(t *testing.T) {
	gateway := startGateway(t, standIn+" run ?")
	for path, wanted := range map[string][]string{
		"/healthz": {"ok"},
		"/metrics": {"go_goroutines ", "process_child_processes 0", "process_open_fds ", "process_open_ptys 0",
			"process_resident_memory_bytes ", "go_memstats_alloc_bytes "},
		"/debug/pprof/goroutine?debug=1": {"goroutine profile:"},
	} {
		response, err := http.Get(gateway.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(response.Body)
		response.Body.Close()
		for _, piece := range wanted {
			if !strings.Contains(string(text), piece) {
				t.Errorf("%s has no %q", path, piece)
			}
		}
	}
	http.DefaultClient.CloseIdleConnections()
}

func TestStopEndsSessionsAndAgents(t *testing.T) {
	gateway := startGateway(t, standIn+" run ?")
	var clients []*testClient
	for i := 0; i < 5; i++ {
		client := connected(t, gateway)
		client.SendMessage("go on @hang")
		client.expect("exec_start")
		clients = append(clients, client)
	}
	if held := gateway.service.processes.Count(); held != 5 {
		t.Fatalf("%d agents run", held)
	}
	pids := childrenOf(syscall.Getpid())
	if err := gateway.Stop(); err != nil {
		t.Fatal(err)
	}
	if left := gateway.service.processes.Count(); left != 0 {
		t.Errorf("%d agents are left", left)
	}
	for _, pid := range pids {
		if syscall.Kill(pid, 0) == nil {
			t.Errorf("pid %d is left", pid)
		}
	}
	for _, client := range clients {
		client.Disconnect()
	}
}

func TestASilentPeerIsGone(t *testing.T) {
	gateway := startGateway(t, standIn+" run ?")
	client := connected(t, gateway)
	client.SendMessage("go on @hang")
	client.expect("exec_start")
	// Nobody reads from here on, so no pong is sent.
	eventually(t, "the session of a silent peer ends", func() bool {
		gateway.service.mutex.Lock()
		defer gateway.service.mutex.Unlock()
		return len(gateway.service.clients) == 0
	})
	if left := gateway.service.processes.Count(); left != 0 {
		t.Errorf("%d agents are left", left)
	}
	client.drop()
}
