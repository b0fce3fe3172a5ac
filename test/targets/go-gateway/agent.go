package main

import (
	"errors"
	"path/filepath"
	"strings"
)

// Agent is the command line of the agent, split into words once.
type Agent struct {
	Name string
	args []string
}

// parseAgent splits a command line such as `goose run ?` into words. Quotes hold words together; no shell is involved.
func parseAgent(text string) (Agent, error) {
	words, err := splitWords(text)
	if err != nil {
		return Agent{}, err
	}
	if len(words) == 0 {
		return Agent{}, errors.New("-agent is empty")
	}
	return Agent{Name: words[0], args: words[1:]}, nil
}

// wantsTerminal is true for goose; anything else runs on pipes.
func (a Agent) wantsTerminal() bool {
	return filepath.Base(a.Name) == "goose"
}

// arguments has the prompt in place of each word that is `?`.
func (a Agent) arguments(prompt string) []string {
	filled := make([]string, len(a.args))
	for i, word := range a.args {
		if word == "?" {
			word = prompt
		}
		filled[i] = word
	}
	return filled
}

func splitWords(text string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quote := false, rune(0)
	for _, r := range text {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ' || r == '\t':
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return nil, errors.New("-agent has a quote that does not end")
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}
