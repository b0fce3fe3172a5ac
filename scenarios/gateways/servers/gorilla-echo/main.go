// gorilla-echo is what many Go gateways are at heart: net/http, gorilla/websocket, one goroutine that reads and one that
// writes, and pings that notice when nobody is there any more.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof" // goroutines by the line that started them
	"runtime/debug"
	"time"

	"github.com/gorilla/websocket"
)

var pingEvery time.Duration

var upgrader = websocket.Upgrader{}

func main() {
	port := flag.Int("port", 8080, "port on 127.0.0.1")
	socket := flag.String("unix", "", "path of a Unix socket, in place of the port")
	version := flag.Bool("version", false, "print the version of gorilla/websocket")
	flag.DurationVar(&pingEvery, "ping", time.Second, "time between pings; a peer that misses two is given up")
	flag.Parse()
	if *version {
		fmt.Println(dependencyVersion())
		return
	}
	http.HandleFunc("/ws", serve)
	network, address := "tcp", fmt.Sprintf("127.0.0.1:%d", *port)
	if *socket != "" {
		network, address = "unix", *socket
	}
	listener, err := net.Listen(network, address)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, nil))
}

func serve(w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	defer conn.Close()
	messages := make(chan []byte)
	done := make(chan struct{})
	go write(conn, messages, done)
	read(conn, messages, done)
	close(messages)
	<-done
}

// read hands on what comes, until the peer leaves or misses two pings.
func read(conn *websocket.Conn, messages chan<- []byte, done <-chan struct{}) {
	wait := func() error { return conn.SetReadDeadline(time.Now().Add(2*pingEvery + pingEvery/2)) }
	conn.SetPongHandler(func(string) error { return wait() })
	for wait() == nil {
		_, message, err := conn.ReadMessage()
		if err != nil {
			return
		}
		select {
		case messages <- message:
		case <-done:
			return
		}
	}
}

// write ends with the channel, or with the first write that fails.
func write(conn *websocket.Conn, messages <-chan []byte, done chan<- struct{}) {
	defer close(done)
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case message, more := <-messages:
			if !more || send(conn, websocket.TextMessage, message) != nil {
				return
			}
		case <-ticker.C:
			if send(conn, websocket.PingMessage, nil) != nil {
				return
			}
		}
	}
}

func send(conn *websocket.Conn, kind int, message []byte) error {
	if err := conn.SetWriteDeadline(time.Now().Add(2 * pingEvery)); err != nil {
		return err
	}
	return conn.WriteMessage(kind, message)
}

func dependencyVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/gorilla/websocket" {
			return module.Version
		}
	}
	return "unknown"
}
