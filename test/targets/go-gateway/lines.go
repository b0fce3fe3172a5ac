package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

const maxLineBytes = 64 * 1024

// readLines hands each line to onLine until there is no more. A longer line than maxLineBytes is cut, and read on: who
// stops reading at a long line, as bufio.Scanner does, leaves its writer waiting.
func readLines(input io.Reader, onLine func(string)) error {
	reader := bufio.NewReaderSize(input, maxLineBytes)
	isRest := false
	for {
		line, isCut, err := reader.ReadLine()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if isCut && !isRest {
			onLine(fmt.Sprintf("[the next line is cut at %d bytes]", maxLineBytes))
		}
		if !isRest {
			onLine(string(line))
		}
		isRest = isCut
	}
}

// lastWords reads an output, and waits for a silent one no longer than lastWordsWithin once the process has exited. So it
// ends even if somebody outside of the process's session holds the other end.
type lastWords struct {
	file   *os.File
	exited <-chan struct{}
}

func (w *lastWords) Read(p []byte) (int, error) {
	for {
		limit := w.limit()
		n, err := w.file.Read(p)
		// The deadline that wakes the reader may be set after the one that it sets itself.
		woken := errors.Is(err, os.ErrDeadlineExceeded) && (limit.IsZero() || time.Now().Before(limit))
		if n > 0 || !woken {
			return n, err
		}
	}
}

// limit is until when to wait; none while the process runs.
func (w *lastWords) limit() time.Time {
	select {
	case <-w.exited:
		limit := time.Now().Add(lastWordsWithin)
		_ = w.file.SetReadDeadline(limit)
		return limit
	default:
		return time.Time{}
	}
}
