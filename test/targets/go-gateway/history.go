package main

type historyEntry struct {
	sender, content string
}

const (
	mostEntries = 200
	mostBytes   = 128 * 1024
)

// History is what was said in one conversation, bounded: the oldest entries give way.
type History struct {
	entries []historyEntry
	bytes   int
	// Prompts since the conversation began, forgotten ones included.
	turns int
}

func (h *History) add(entry historyEntry) {
	h.entries = append(h.entries, entry)
	h.bytes += len(entry.content)
	if entry.sender == "user" {
		h.turns++
	}
	for len(h.entries) > mostEntries || h.bytes > mostBytes {
		h.bytes -= len(h.entries[0].content)
		h.entries[0] = historyEntry{} // the array behind the slice would hold it
		h.entries = h.entries[1:]
	}
}

func (h *History) clear() {
	*h = History{}
}
