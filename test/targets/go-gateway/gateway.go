package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/pprof"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway is a running server, and all that it holds.
type Gateway struct {
	options  Options
	listener net.Listener
	server   *http.Server
	served   chan error
	service  *ChatService
	cancel   context.CancelFunc
	indexing *PeriodicTask
	stopping sync.Once
	stopped  error
}

const monitorEvery = 30 * time.Second

var upgrader = websocket.Upgrader{HandshakeTimeout: 5 * time.Second}

// StartGateway listens on the loopback. Nothing is left when it fails.
func StartGateway(options Options) (*Gateway, error) {
	service, err := newChatService(options)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", options.Port))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	service.ctx = ctx
	g := &Gateway{options: options, listener: listener, service: service, cancel: cancel, served: make(chan error, 1)}
	g.server = &http.Server{Handler: g.routes(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 5 * time.Second}
	g.indexing = service.startPeriodicIndexing()
	service.monitor.Start(monitorEvery)
	go func() { g.served <- g.server.Serve(listener) }()
	return g, nil
}

// URL is http://HOST:PORT; the WebSocket is at /ws.
func (g *Gateway) URL() string {
	return "http://" + g.listener.Addr().String()
}

// Stop ends all sessions and agents and closes every socket. What is not done within the time is cut off, and said. It may
// be called more than once.
func (g *Gateway) Stop() error {
	g.stopping.Do(func() { g.stopped = g.stop() })
	return g.stopped
}

func (g *Gateway) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), g.options.StopWithin)
	defer cancel()
	g.service.refuseMore()
	g.cancel()
	problems := []error{
		g.service.waitForHandlers(ctx),
		// Half of the time for asking, half for the kill and everything else.
		g.service.processes.Shutdown(min(g.options.Grace, g.options.StopWithin/2)),
	}
	if g.indexing != nil {
		g.indexing.Stop()
	}
	g.service.monitor.Stop()
	if err := g.server.Shutdown(ctx); err != nil {
		problems = append(problems, err, g.server.Close())
	}
	if err := <-g.served; !errors.Is(err, http.ErrServerClosed) {
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}

func newChatService(options Options) (*ChatService, error) {
	svc := &ChatService{
		options:   options,
		processes: NewProcessManager(options.Grace, options.MaxProcesses),
		clients:   map[*Client]bool{},
	}
	svc.monitor = NewResourceMonitor(limitsFor(options), svc.processes.Count)
	if err := svc.index(context.Background()); err != nil {
		return nil, fmt.Errorf("cannot index %s: %w", options.Folder, err)
	}
	return svc, nil
}

func (svc *ChatService) index(ctx context.Context) error {
	if svc.options.Leaks.Indexer {
		return svc.indexLeaky()
	}
	matcher := NewFuzzyMatcher(svc.options.Folder)
	svc.fuzzyMatcher = matcher
	return matcher.IndexFiles(ctx)
}

// startPeriodicIndexing gives nil where the leaky one is started, which cannot be stopped.
func (svc *ChatService) startPeriodicIndexing() *PeriodicTask {
	matcher, isSound := svc.fuzzyMatcher.(*FuzzyMatcher)
	if !isSound {
		svc.searches(nil)
		return nil
	}
	return NewPeriodicTask(svc.options.IndexEvery, func(ctx context.Context) {
		if err := matcher.IndexFiles(ctx); err != nil && ctx.Err() == nil {
			log.Printf("Periodic file re-indexing failed: %v", err)
		}
	})
}

func (svc *ChatService) refuseMore() {
	svc.mutex.Lock()
	defer svc.mutex.Unlock()
	svc.stopping = true
}

func (svc *ChatService) waitForHandlers(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		svc.handlers.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return errors.New("stop: not all sessions ended in time")
	}
}

func (g *Gateway) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/ws", g.service.upgrade)
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/metrics", g.service.monitor.serveMetrics)
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

func (svc *ChatService) upgrade(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		http.Error(w, "speak WebSocket here", http.StatusUpgradeRequired)
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it has answered
	}
	if refusal := svc.admit(); refusal != nil {
		_ = ws.SetWriteDeadline(time.Now().Add(time.Second))
		_ = ws.WriteJSON(errorFrame{"error", refusal.Error()})
		_ = ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseTryAgainLater, ""))
		_ = ws.Close()
		return
	}
	defer svc.handlers.Done()
	if svc.options.Leaks.Connection {
		leakyChatService{svc}.handleWebSocket(ws)
		return
	}
	svc.handleWebSocket(ws)
}

// admit counts one more handler, or says why there is no room for it.
func (svc *ChatService) admit() error {
	if err := svc.monitor.Admit(); err != nil {
		return err
	}
	svc.mutex.Lock()
	defer svc.mutex.Unlock()
	if svc.stopping {
		return errors.New("the gateway is stopping")
	}
	svc.handlers.Add(1)
	return nil
}
