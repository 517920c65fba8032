package read

import "testing"

func TestSpeaker(t *testing.T) {
	for heading, want := range map[string]string{
		"Findings of the Elharin Water Board (all times local)":                                              "Findings of the Elharin Water Board",
		"Statement of 1 May 2031 by the Ministry of Foreign Affairs of Ostra":                                "Statement of 1 May 2031 by the Ministry of Foreign Affairs of Ostra",
		"Annex I: Declaration by Ostra and Velmora.":                                                         "Declaration by Ostra and Velmora",
		"Annex to the letter dated 13 August 2033 from the Permanent Representative of Elharin to the Chair": "",
		"Annex to the identical letters dated 3 May 2031: Report of the Commission":                          "Report of the Commission",
		"Annex II":                                "",
		"Statement on the events of May":          "",
		"Report of 3 May 2031":                    "",
		"Chronology of the Mediation":             "",
		"Letter dated 9 May 2031 from Ostra to Y": "Letter dated 9 May 2031 from Ostra to Y",
		"Statement of the facts":                  "",
	} {
		if who := speaker(heading); heading[who.Start:who.End] != want {
			t.Errorf("%s: got %q, want %q", heading, heading[who.Start:who.End], want)
		}
	}
}

func TestSpeeches(t *testing.T) {
	const file = "# Letter dated 3 May 2031 from Velmora to the Assembly\n\nWe have the honour to send a statement, and we ask that it be read.\n\n" +
		"## Annex I to the letter dated 3 May 2031\n\n### Statement by the Ministry of Ostra\n\nThe Ministry denies it.\n\n### Facts\n\nNobody fired on the bridge.\n\n" +
		"## Annex II\n\nA list of the dead was sent by the hospital.\n\n" +
		"## Annex III\n\n[Original: French]\n\n### Note verbale dated 6 May 2031 from the Ministry of Ostra addressed to the Embassy of Velmora\n\nNobody came.\n"
	text := mustRead(t, "x.md", []byte(file))
	if len(text.Speeches) != 2 {
		t.Fatalf("%+v", text.Speeches)
	}
	if last := text.Speeches[1]; text.Canonical[last.Start:last.End] != "\n\nNobody came." {
		t.Errorf("got %q", text.Canonical[last.Start:last.End])
	}
	s := text.Speeches[0]
	if got, want := text.Canonical[s.Start:s.End], "\n\nThe Ministry denies it.\n\nFacts\n\nNobody fired on the bridge.\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := text.Canonical[s.Speaker.Start:s.Speaker.End]; got != "Statement by the Ministry of Ostra" {
		t.Errorf("speaker %q", got)
	}
}
