package stats

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestCalibration(t *testing.T) {
	svg, err := Calibration([]Bin{{0, 0.1, 0, 0}, {0.3, 0.4, 41, 117}, {0.9, 1, 8, 9}})
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	text := string(svg)
	for _, want := range []string{">117<", ">9<", "score of the pair", "as the score says"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the picture", want)
		}
	}
	if strings.Contains(text, ">0.35<") || strings.Contains(text, "NaN") {
		t.Error("an empty bin is drawn, or a place is no number")
	}
	again, err := Calibration([]Bin{{0, 0.1, 0, 0}, {0.3, 0.4, 41, 117}, {0.9, 1, 8, 9}})
	if err != nil || !bytes.Equal(svg, again) {
		t.Error("not the same bytes again", err)
	}
	if _, err := Calibration(nil); err != nil {
		t.Error("no pairs:", err)
	}
}

func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		right, total int
		low, high    float64
	}{{0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {8, 10, 0.4902, 0.9433}} {
		share, low, high := wilson(tt.right, tt.total)
		if share != float64(tt.right)/float64(tt.total) || abs(low-tt.low) > 5e-4 || abs(high-tt.high) > 5e-4 {
			t.Errorf("%d of %d: %.4f in [%.4f, %.4f], want [%.4f, %.4f]", tt.right, tt.total, share, low, high, tt.low, tt.high)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }
