package main

import (
	"testing"
	"time"

	"counterclaim/nlp/read"
)

func TestLimitValue(t *testing.T) {
	for text, want := range map[string]read.Limits{
		"pages=5000":                  {Pages: 5000},
		"words=2000000":               {Words: 2_000_000},
		"size=2G, ratio=9":            {Bytes: 2 << 30, Ratio: 9},
		"unpacked=10MiB,time=90s":     {Unpacked: 10 << 20, Time: 90 * time.Second},
		"size=100,nesting=3,size=2kB": {Bytes: 2048, Nesting: 3},
	} {
		var got read.Limits
		if err := (limitValue{&got}).Set(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "pages", "pages=", "pages=-1", "pages=1k", "pages=1e9", "size=9999G", "time=5", "time=-1s", "sise=1", "x=1", "size=1T"} {
		var got read.Limits
		if err := (limitValue{&got}).Set(text); err == nil {
			t.Errorf("%q was taken: %+v", text, got)
		}
	}
}
