package main

import (
	"runtime"
	"syscall"
	"testing"
)

func childrenOf(parent int) []int {
	var pids []int
	for _, pid := range allPIDs() {
		if stat, err := readStat(pid); err == nil && stat.ppid == parent {
			pids = append(pids, pid)
		}
	}
	return pids
}

// The document's test, made to work: there is a createTestClient, the count is exact instead of within ten (a leak of one
// in ten connections would pass), and it is waited for instead of hoped for.
func TestNoGoroutineLeaks(t *testing.T) {
	gateway := startGateway(t, standIn+" run ?")
	run := func() {
		client := createTestClient(t, gateway.URL())
		client.Connect()
		client.SendMessage("test")
		client.expect("exec_start")
		client.Disconnect()
	}
	run() // what is started once is no leak
	settled(t, gateway)
	before := runtime.NumGoroutine()
	for i := 0; i < 100; i++ {
		run()
	}
	settled(t, gateway)
	eventually(t, "the goroutines are as many as before", func() bool { return runtime.NumGoroutine() <= before })
}

func settled(t *testing.T, gateway *Gateway) {
	t.Helper()
	eventually(t, "no session is left", func() bool {
		gateway.service.mutex.Lock()
		defer gateway.service.mutex.Unlock()
		return len(gateway.service.clients) == 0
	})
}

// "Start 100 processes with errors; verify all processes terminated; check no zombies remain", and FDs and PTYs with them.
func TestNothingIsLeftOfFailingAgents(t *testing.T) {
	for name, agent := range map[string]string{"in a terminal": standIn + " run ?", "on pipes": "sh " + standIn + " run ?"} {
		t.Run(name, func(t *testing.T) {
			gateway := startGateway(t, agent)
			client := connected(t, gateway)
			defer client.Disconnect()
			fds, _ := countOpenFDs()
			for i, misbehaviour := range []string{"@exit=1", "@kill", "@crash", "@fork @exit=2", "@no-newline"} {
				for j := 0; j < 20; j++ {
					client.SendMessage("try " + misbehaviour)
					if end, _ := client.expect("exec_end"); i < 4 && end["code"] == 0.0 {
						t.Errorf("%s: %v", misbehaviour, end)
					}
				}
			}
			eventually(t, "no child is left, zombies included", func() bool { return len(childrenOf(syscall.Getpid())) == 0 })
			eventually(t, "the descriptors are as many as before", func() bool {
				now, err := countOpenFDs()
				return err == nil && now <= fds
			})
			if ptys, _ := countPTYs(); ptys != 0 {
				t.Errorf("%d PTYs are left", ptys)
			}
			if left := gateway.service.processes.Count(); left != 0 {
				t.Errorf("%d processes are registered", left)
			}
		})
	}
}

// "Open/close many connections; verify file descriptor count stable", while an agent runs, and without a word.
func TestNothingIsLeftOfClientsThatLeave(t *testing.T) {
	gateway := startGateway(t, standIn+" run ?")
	fds, _ := countOpenFDs()
	for i := 0; i < 20; i++ {
		client := connected(t, gateway)
		client.SendMessage("go on @hang")
		client.expect("exec_start")
		client.drop()
	}
	settled(t, gateway)
	eventually(t, "the descriptors are as many as before", func() bool {
		now, err := countOpenFDs()
		return err == nil && now <= fds
	})
	if children := childrenOf(syscall.Getpid()); len(children) != 0 {
		t.Errorf("children %v are left", children)
	}
}
