package claims

import "testing"

func TestRow(t *testing.T) {
	for text, want := range map[string]string{
		"9 Aug 02:00 | 2,100 | 2,400 | 2,950\n":                         "9 Aug 02:00 | 2,100 | 2,400 | 2,950",
		"Port of Sall | 14 | closed":                                    "Port of Sall | 14 | closed",
		"Hour | Inflow, m³/s | Flow at Sall, m³/s":                      "",
		"Hour (UTC+2) | Flow 2":                                         "",
		"14 ships":                                                      "",
		"On Monday the harbour master closed the gates again. | 14 | x": "",
	} {
		got := ""
		if s, ok := Row(text, 0, len(text)); ok {
			got = text[s.Start:s.End]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
