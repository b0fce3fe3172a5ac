module watertight.test/go-gateway

go 1.23

require (
	github.com/creack/pty v1.1.24
	github.com/gorilla/websocket v1.5.3
	go.uber.org/goleak v1.3.0
)
