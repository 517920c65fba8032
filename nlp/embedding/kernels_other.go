//go:build !amd64

package embedding

var fastest = generic
