package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

const (
	lookEvery = 10 * time.Millisecond
	pPID      = 1 // waitid(2), P_PID
)

// waitUntilExited returns once a child has exited, and leaves it to be waited for: until then its number, which is that of
// its group and session too, belongs to nobody else.
func waitUntilExited(pid int) error {
	var info [128]byte // siginfo_t, which nobody reads
	for {
		_, _, errno := syscall.Syscall6(syscall.SYS_WAITID, pPID, uintptr(pid), uintptr(unsafe.Pointer(&info)),
			syscall.WEXITED|syscall.WNOWAIT, 0, 0)
		switch errno {
		case 0:
			return nil
		case syscall.EINTR:
		default:
			return os.NewSyscallError("waitid", errno)
		}
	}
}

// signalSession sends a signal to the group that a session's leader leads, and to those in other groups of the session.
func signalSession(leader int, signal syscall.Signal) {
	// Nobody left is no error here; who is left is looked up.
	_ = syscall.Kill(-leader, signal)
	for _, other := range sessionMembers(leader) {
		if other.pgid != leader {
			_ = syscall.Kill(other.pid, signal)
		}
	}
}

// killRest ends everybody of a session but its leader, and confirms that they are gone.
func killRest(leader int, within time.Duration) error {
	deadline := time.Now().Add(within)
	for {
		rest := sessionMembers(leader)
		if len(rest) == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d processes of the session of pid %d outlived SIGKILL for %v, such as pid %d",
				len(rest), leader, within, rest[0].pid)
		}
		for _, other := range rest {
			_ = syscall.Kill(other.pid, syscall.SIGKILL)
		}
		time.Sleep(lookEvery)
	}
}

type member struct {
	pid, pgid int
}

// sessionMembers are those of a session who are alive, without its leader. Zombies are dead: their parents wait for them.
func sessionMembers(leader int) []member {
	var members []member
	for _, pid := range allPIDs() {
		stat, err := readStat(pid)
		if err == nil && pid != leader && stat.session == leader && stat.state != 'Z' && stat.state != 'X' {
			members = append(members, member{pid, stat.pgid})
		}
	}
	return members
}

func allPIDs() []int {
	proc, err := os.Open("/proc")
	if err != nil {
		return nil
	}
	defer proc.Close()
	names, _ := proc.Readdirnames(-1)
	pids := make([]int, 0, len(names))
	for _, name := range names {
		if pid, err := strconv.Atoi(name); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

type processStat struct {
	state               byte
	ppid, pgid, session int
}

// readStat reads /proc/PID/stat (proc_pid_stat(5)).
func readStat(pid int) (processStat, error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return processStat{}, err
	}
	// The name is in parentheses and may hold anything, parentheses too.
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) < 4 {
		return processStat{}, errors.New("a stat without fields")
	}
	stat := processStat{state: fields[0][0]}
	for i, place := range []*int{&stat.ppid, &stat.pgid, &stat.session} {
		if *place, err = strconv.Atoi(string(fields[i+1])); err != nil {
			return processStat{}, err
		}
	}
	return stat, nil
}
