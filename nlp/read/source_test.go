package read

import "testing"

func TestSHA256(t *testing.T) {
	text, err := Read("a.txt", []byte("The bridge is open."))
	if err != nil {
		t.Fatal(err)
	}
	const want = "a406a1227220a093d9b7ec9a2c4dcfa8992732dca61fff9ff41a5f1d64a84339"
	if got := text.Source.SHA256(); got != want {
		t.Errorf("SHA-256 %q, want %q", got, want)
	}
	if got := (Source{}).SHA256(); got != "" {
		t.Errorf("SHA-256 %q of no file", got)
	}
}
