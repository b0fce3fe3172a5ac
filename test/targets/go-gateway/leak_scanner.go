package main

import (
	"bufio"
	"io"
)

// scanStderr is leak 5 of the document, "Scanner Buffer Leak", word for word but for the place where it says
// "Process line...". Whoever takes the lines goes when the agent has ended: with lines left, the scanner waits for ever.
func scanStderr(stderr io.Reader, lines chan<- string) {
	go func() {
		scanner := bufio.NewScanner(stderr)
		const maxScanTokenSize = 1024 * 1024 // 1MB
		buf := make([]byte, 0, 64*1024)      // 64KB buffer
		scanner.Buffer(buf, maxScanTokenSize)

		for scanner.Scan() {
			line := scanner.Text()
			lines <- line
		}
		// Goroutine never exits if stderr blocks!
	}()
}
