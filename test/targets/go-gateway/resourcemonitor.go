package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Usage is what this process holds at an instant; -1 = could not be read.
type Usage struct {
	Goroutines  int64
	Processes   int64
	FDs         int64
	PTYs        int64
	HeapBytes   int64
	MemoryBytes int64
}

// Limits are counts from which on new connections are refused.
type Limits struct {
	Goroutines int64
	FDs        int64
}

// Thresholds of the document for its warnings.
const (
	warnGoroutines = 1000
	warnFDs        = 800
)

// ResourceMonitor samples, warns, and refuses new connections over a limit.
type ResourceMonitor struct {
	limits    Limits
	processes func() int
	task      *PeriodicTask

	mu     sync.Mutex
	warned map[string]bool
}

func NewResourceMonitor(limits Limits, processes func() int) *ResourceMonitor {
	return &ResourceMonitor{limits: limits, processes: processes, warned: map[string]bool{}}
}

// limitsFor keeps a tenth of the descriptors to end with what was begun. With a leak there are none: they would hide it.
func limitsFor(options Options) Limits {
	none := Limits{Goroutines: math.MaxInt64, FDs: math.MaxInt64}
	limit := fdLimit()
	if options.Leaks != (Leaks{}) || limit < 0 {
		return none
	}
	return Limits{Goroutines: 100_000, FDs: limit / 10 * 9}
}

// Start samples at once and then every interval, until Stop.
func (rm *ResourceMonitor) Start(interval time.Duration) {
	rm.warn(rm.Sample())
	rm.task = NewPeriodicTask(interval, func(context.Context) { rm.warn(rm.Sample()) })
}

func (rm *ResourceMonitor) Stop() {
	if rm.task != nil {
		rm.task.Stop()
	}
}

// Sample reads everything. No collection is forced: all would stand still for it, and nothing here needs it.
func (rm *ResourceMonitor) Sample() Usage {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(heap)
	return Usage{
		Goroutines:  int64(runtime.NumGoroutine()),
		Processes:   int64(rm.processes()),
		FDs:         orUnknown(countOpenFDs()),
		PTYs:        orUnknown(countPTYs()),
		HeapBytes:   int64(heap[0].Value.Uint64()),
		MemoryBytes: residentBytes(),
	}
}

// Admit says whether there is room for one more connection.
func (rm *ResourceMonitor) Admit() error {
	if n := int64(runtime.NumGoroutine()); n >= rm.limits.Goroutines {
		return fmt.Errorf("%d goroutines are held; the limit is %d", n, rm.limits.Goroutines)
	}
	if rm.limits.FDs == math.MaxInt64 {
		return nil
	}
	if n := orUnknown(countOpenFDs()); n >= rm.limits.FDs {
		return fmt.Errorf("%d file descriptors are held; the limit is %d", n, rm.limits.FDs)
	}
	return nil
}

// warn says once that a threshold is crossed, and again only after the value was below nine tenths of it.
func (rm *ResourceMonitor) warn(usage Usage) {
	rm.mu.Lock()
	defer rm.mu.Unlock()
	fds := int64(warnFDs)
	if limit := fdLimit(); limit >= 0 {
		fds = min(fds, limit/2)
	}
	rm.compare("goroutine", usage.Goroutines, warnGoroutines)
	rm.compare("FD", usage.FDs, fds)
}

func (rm *ResourceMonitor) compare(what string, value, threshold int64) {
	switch {
	case value > threshold && !rm.warned[what]:
		rm.warned[what] = true
		log.Printf("[WARNING] High %s count: %d", what, value)
	case value < threshold/10*9:
		rm.warned[what] = false
	}
}

// serveMetrics answers in the Prometheus text format. What could not be read is left out.
func (rm *ResourceMonitor) serveMetrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	writeMetrics(w, rm.Sample())
}

func writeMetrics(w io.Writer, usage Usage) {
	for _, gauge := range []struct {
		name, help string
		value      int64
	}{
		{"go_goroutines", "Number of goroutines that currently exist.", usage.Goroutines},
		{"go_memstats_alloc_bytes", "Number of bytes allocated in heap and currently in use.", usage.HeapBytes},
		{"process_child_processes", "Number of agents that have not been given back.", usage.Processes},
		{"process_open_fds", "Number of open file descriptors.", usage.FDs},
		{"process_max_fds", "Maximum number of open file descriptors.", fdLimit()},
		{"process_open_ptys", "Number of open PTY masters and slaves.", usage.PTYs},
		{"process_resident_memory_bytes", "Resident memory size in bytes.", usage.MemoryBytes},
	} {
		if gauge.value >= 0 {
			fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %d\n", gauge.name, gauge.help, gauge.name, gauge.name, gauge.value)
		}
	}
}

// openFDs names this process's descriptors, that which lists them included.
func openFDs() ([]string, error) {
	folder, err := os.Open("/proc/self/fd")
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.Readdirnames(-1)
}

func countOpenFDs() (int64, error) {
	names, err := openFDs()
	return int64(len(names)) - 1, err
}

func countPTYs() (int64, error) {
	names, err := openFDs()
	ptys := int64(0)
	for _, name := range names {
		target, err := os.Readlink("/proc/self/fd/" + name)
		if err == nil && (target == "/dev/ptmx" || strings.HasPrefix(target, "/dev/pts/")) {
			ptys++
		}
	}
	return ptys, err
}

func orUnknown(count int64, err error) int64 {
	if err != nil {
		return -1
	}
	return count
}

// fdLimit is the soft limit; -1 = none, or unknown.
func fdLimit() int64 {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil || limit.Cur > math.MaxInt32 {
		return -1
	}
	return int64(limit.Cur)
}

// residentBytes reads /proc/self/statm (proc_pid_statm(5)).
func residentBytes() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return -1
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return -1
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return -1
	}
	return pages * int64(os.Getpagesize())
}
