package main

import (
	"context"
	"sync"
	"time"
)

// PeriodicTask does a task again and again until it is stopped.
type PeriodicTask struct {
	cancel context.CancelFunc
	done   chan struct{}
	once   sync.Once
}

// NewPeriodicTask starts one. The context of a task ends when the task is stopped. The interval must be above 0.
func NewPeriodicTask(interval time.Duration, task func(context.Context)) *PeriodicTask {
	ctx, cancel := context.WithCancel(context.Background())
	pt := &PeriodicTask{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(pt.done)
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				// Where both are ready, select takes either: a task that was stopped would run once more.
				if ctx.Err() != nil {
					return
				}
				task(ctx)
			case <-ctx.Done():
				return
			}
		}
	}()
	return pt
}

// Stop waits for the task under way. It may be called more than once, but not by the task itself.
func (pt *PeriodicTask) Stop() {
	pt.once.Do(pt.cancel)
	<-pt.done
}
