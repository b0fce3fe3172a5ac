package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

const maxIndexedFiles = 20_000

var skippedFolders = map[string]bool{"node_modules": true, ".git": true}

// FuzzyMatcher searches the paths under a folder. Each indexing replaces the one before it as a whole.
type FuzzyMatcher struct {
	folder string

	mu    sync.RWMutex
	paths []string
}

type foundFile struct {
	Path string `json:"path"`
	// 0 = no match, 1 = exact.
	Score float64 `json:"score"`
}

func NewFuzzyMatcher(folder string) *FuzzyMatcher {
	return &FuzzyMatcher{folder: folder}
}

// IndexFiles walks the folder again. A walk that fails, or whose context ends, leaves the index as it was.
func (m *FuzzyMatcher) IndexFiles(ctx context.Context) error {
	paths, err := walk(ctx, m.folder)
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.paths = paths
	return nil
}

func (m *FuzzyMatcher) GetFileCount() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.paths)
}

// Search gives the paths that hold the letters of the query in their order, the best first.
func (m *FuzzyMatcher) Search(query string, maxResults int) []foundFile {
	m.mu.RLock()
	paths := m.paths
	m.mu.RUnlock()
	found := []foundFile{}
	for _, path := range paths {
		if score := scoreOf(strings.ToLower(path), strings.ToLower(query)); score > 0 {
			found = append(found, foundFile{path, score})
		}
	}
	sort.SliceStable(found, func(a, b int) bool { return found[a].Score > found[b].Score })
	return found[:min(len(found), maxResults)]
}

// scoreOf is the share of the query in the path, less for letters that do not stand together; 0 where it is not in it.
func scoreOf(path, query string) float64 {
	if query == "" || len(query) > len(path) {
		return 0
	}
	share := float64(len(query)) / float64(len(path))
	if strings.Contains(path, query) {
		return (1 + share) / 2
	}
	next := 0
	for i := 0; i < len(path) && next < len(query); i++ {
		if path[i] == query[next] {
			next++
		}
	}
	if next < len(query) {
		return 0
	}
	return share / 2
}

// walk gives the files under a folder, relative to it. Symbolic links are not followed, and what cannot be read is passed
// over, but for the folder itself.
func walk(ctx context.Context, folder string) ([]string, error) {
	var paths []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && path == folder:
			return err
		case err != nil:
			return nil
		case entry.IsDir() && path != folder && skippedFolders[entry.Name()]:
			return filepath.SkipDir
		case len(paths) >= maxIndexedFiles:
			return filepath.SkipAll
		case entry.Type().IsRegular():
			relative, err := filepath.Rel(folder, path)
			if err != nil {
				return err
			}
			paths = append(paths, relative)
		}
		return nil
	})
	return paths, err
}
