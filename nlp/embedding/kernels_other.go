//go:build !amd64

package embedding

var available = []*kernels{generic}

var fastest = generic
