package main

import (
	"context"
	"log"
	"sort"
	"strings"
	"sync"
	"time"
)

// leakyMatcher is the index of leak 3: "File index grows without bounds".
type leakyMatcher struct {
	folder string

	mu    sync.Mutex
	paths []string
}

// IndexFiles adds what it finds to what is known, and takes nothing out.
func (m *leakyMatcher) IndexFiles() error {
	paths, err := walk(context.Background(), m.folder)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.paths = append(m.paths, paths...)
	return nil
}

func (m *leakyMatcher) GetFileCount() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.paths)
}

// Search looks into the newest paths, as many as an index holds at most: what is left is not to slow the searches down.
func (m *leakyMatcher) Search(query string, maxResults int) []foundFile {
	m.mu.Lock()
	paths := m.paths[max(0, len(m.paths)-maxIndexedFiles):]
	m.mu.Unlock()
	seen := map[string]bool{}
	found := []foundFile{}
	for _, path := range paths {
		score := scoreOf(strings.ToLower(path), strings.ToLower(query))
		if score > 0 && !seen[path] {
			seen[path] = true
			found = append(found, foundFile{path, score})
		}
	}
	sort.SliceStable(found, func(a, b int) bool { return found[a].Score > found[b].Score })
	return found[:min(len(found), maxResults)]
}

// indexLeaky makes the first index.
func (svc *ChatService) indexLeaky() error {
	matcher := &leakyMatcher{folder: svc.options.Folder}
	svc.fuzzyMatcher = matcher
	return matcher.IndexFiles()
}

// searches indexes for a client at its first search and starts an indexer, so that it finds new files; nil = the start.
func (svc *ChatService) searches(client *Client) {
	matcher, isLeaky := svc.fuzzyMatcher.(*leakyMatcher)
	if !isLeaky || client != nil && client.indexed {
		return
	}
	if client != nil {
		client.indexed = true
		if err := matcher.IndexFiles(); err != nil {
			log.Printf("Indexing failed: %v", err)
		}
	}
	startIndexer(matcher, svc.options.IndexEvery)
}

// startIndexer is leak 3 of the document, "Periodic Indexer Goroutine Leak": the loop is its own, word for word but for
// the interval, which can be set.
func startIndexer(fuzzyMatcher *leakyMatcher, interval time.Duration) {
	// Start periodic re-indexing to catch new files
	go func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()

		for {
			select {
			case <-ticker.C:
				if err := fuzzyMatcher.IndexFiles(); err != nil {
					log.Printf("Periodic file re-indexing failed: %v", err)
				} else {
					log.Printf("Periodic re-index completed: %d files", fuzzyMatcher.GetFileCount())
				}
			}
			// NO WAY TO EXIT THIS LOOP!
		}
	}()
}
