package main

import (
	"fmt"
	"strings"
)

// Leaks says which parts are as the document shows them; the others are fixed.
type Leaks struct {
	Process    bool
	Connection bool
	Indexer    bool
	PTY        bool
	Scanner    bool
}

// In the order of the document.
var leakNames = []string{"process", "connection", "indexer", "pty", "scanner"}

func parseLeaks(text string) (Leaks, error) {
	var leaks Leaks
	places := map[string]*bool{
		"process": &leaks.Process, "connection": &leaks.Connection, "indexer": &leaks.Indexer,
		"pty": &leaks.PTY, "scanner": &leaks.Scanner,
	}
	switch text {
	case "none":
		return leaks, nil
	case "all":
		text = strings.Join(leakNames, ",")
	}
	for _, name := range strings.Split(text, ",") {
		place, known := places[name]
		if !known {
			return Leaks{}, fmt.Errorf("-leak %s: there is no %q; known are all, none, %s",
				text, name, strings.Join(leakNames, ", "))
		}
		*place = true
	}
	return leaks, nil
}

// inRun reports whether agents are to be run in the document's way.
func (l Leaks) inRun() bool {
	return l.Process || l.PTY || l.Scanner
}
