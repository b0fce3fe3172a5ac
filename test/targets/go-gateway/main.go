// The chat gateway of a document about five leaks, rebuilt in Go: leaky as the document shows it, or fixed as it asks.
// It is a target of leak tests, listens on the loopback only, and serves pprof there.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	options, err := parseOptions(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "go-gateway: %v\n", err)
		os.Exit(2)
	}
	// Set before anything runs: a signal that comes during the start is not lost.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := serve(ctx, options); err != nil {
		fmt.Fprintf(os.Stderr, "go-gateway: %v\n", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, options Options) error {
	gateway, err := StartGateway(options)
	if err != nil {
		return err
	}
	log.Printf("listening on %s", gateway.URL())
	<-ctx.Done()
	return gateway.Stop()
}

// Options are what the command line says.
type Options struct {
	Port  int
	Agent Agent
	Leaks Leaks
	// The folder whose files can be searched.
	Folder     string
	IndexEvery time.Duration
	PingEvery  time.Duration
	// From the SIGINT of an agent to its SIGKILL.
	Grace      time.Duration
	StopWithin time.Duration
	// 0 = no limit.
	MaxProcesses int
}

const (
	defaultMaxProcesses = 256
	indexEvery          = 2 * time.Second
	// That of the document. Hundreds of indexers that tick more often leave nothing of the machine for anybody else.
	leakyIndexEvery = 2 * time.Minute
)

func parseOptions(args []string) (Options, error) {
	flags := flag.NewFlagSet("go-gateway", flag.ContinueOnError)
	var o Options
	flags.IntVar(&o.Port, "port", 0, "port on 127.0.0.1; 0 = a free one")
	agent := flags.String("agent", "goose run ?", "the agent; ? becomes the prompt")
	leak := flags.String("leak", "none", "all, none, or some of "+strings.Join(leakNames, ",")+", separated by commas")
	flags.StringVar(&o.Folder, "folder", ".", "folder that fuzzy search covers")
	flags.DurationVar(&o.IndexEvery, "index-every", indexEvery,
		fmt.Sprintf("pause between two indexings; %v where the indexer leaks", leakyIndexEvery))
	flags.DurationVar(&o.PingEvery, "ping-every", 500*time.Millisecond, "a peer that does not answer for five of these is gone")
	flags.DurationVar(&o.Grace, "grace", 300*time.Millisecond, "from SIGINT to SIGKILL of an agent")
	flags.DurationVar(&o.StopWithin, "stop-within", 3*time.Second, "limit of an orderly stop")
	flags.IntVar(&o.MaxProcesses, "max-processes", -1,
		fmt.Sprintf("agents that may run at once, 0 = any number; %d, and any number with a leak", defaultMaxProcesses))
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is no option; see -help", flags.Arg(0))
	}
	var err error
	if o.Agent, err = parseAgent(*agent); err != nil {
		return o, err
	}
	if o.Leaks, err = parseLeaks(*leak); err != nil {
		return o, err
	}
	if o.MaxProcesses < 0 {
		o.MaxProcesses = defaultMaxProcesses
		if o.Leaks != (Leaks{}) {
			// A limit would hide a leak of processes behind refusals.
			o.MaxProcesses = 0
		}
	}
	isSet := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { isSet[f.Name] = true })
	if o.Leaks.Indexer && !isSet["index-every"] {
		o.IndexEvery = leakyIndexEvery
	}
	return o, o.check()
}

func (o Options) check() error {
	for name, value := range map[string]time.Duration{
		"index-every": o.IndexEvery, "ping-every": o.PingEvery, "grace": o.Grace, "stop-within": o.StopWithin,
	} {
		if value <= 0 {
			return fmt.Errorf("-%s must be more than 0, such as 2s", name)
		}
	}
	return nil
}
