package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"counterclaim/nlp"
)

// The tasks with a component that answers by rote: what they read, how labels
// are matched, and what they write.
func TestLabelTasks(t *testing.T) {
	oldType, oldVeridical, oldPair, oldMeet := answerType, answerVeridical, answerPair, answerMeet
	t.Cleanup(func() { answerType, answerVeridical, answerPair, answerMeet = oldType, oldVeridical, oldPair, oldMeet })
	answerType = func(s string) nlp.Type {
		if strings.HasPrefix(s, "They") {
			return nlp.Accusation
		}
		return nlp.Commitment
	}
	answerVeridical = func(premise, embedded string) string {
		if strings.HasSuffix(premise, embedded) {
			return "true"
		}
		return "open"
	}
	answerPair = func(premise, hypothesis string) pairAnswer {
		switch {
		case premise == hypothesis:
			return pairAnswer{entailment, 0.75, 0.25}
		case strings.HasPrefix(hypothesis, "not "):
			return pairAnswer{contradiction, 0.125, 0.5}
		}
		return pairAnswer{neutral, 0, 0}
	}
	answerMeet = func(a, b string) (float64, bool) {
		if a == b {
			return 0.9, true
		}
		return 0.1, false
	}
	tests := []struct {
		name   string
		task   func(*app, context.Context, []string, io.Writer) (figures, error)
		data   string
		wrote  string
		labels float64 // accuracy, or average precision
		reason string
	}{
		{"types", (*app).evalTypes,
			"doc\tid\tsentence\tcategory\na\t1\tWe will pay\tCommissive-A\na\t2\tThey failed\tAssertive-V\na\t3\tIt rained\tAssertive\na\t4\tWhy?\tInterrogative\na\t5\tWe shall\tcommitment\n",
			"1\tcommitment\n2\taccusation\n3\tcommitment\n4\tcommitment\n5\tcommitment\n", 0.75,
			"an accusation is a verdict; Interrogative is no type and not counted"},
		{"veridical", (*app).evalVeridical,
			"id\tpremise\thypothesis\tlabel\n1\tHe knew that it rained\tit rained\ttrue\n2\tHe hoped for rain\tit rained\tfalse\n",
			"1\ttrue\n2\topen\n", 0.5, ""},
		{"veridical with context", (*app).evalVeridical,
			"id\tcontext\ttarget\tprompt\tlabel\n1\tClouds.\tHe knew that it rained\tit rained\ttrue\n",
			"1\ttrue\n", 1, ""},
		{"pairs", (*app).evalPairs,
			"id\tpremise\thypothesis\tlabel\tcategory\n1\ta\ta\tSupports\tx\n2\ta\tnot a\tRefutes\tx\n3\ta\tnot a\tNeutral\tx\n4\ta\tnot a\tnot_entailment\ty\n5\ta\tb\tnot_entailment\ty\n6\ta\ta\tentailment\ty\n",
			"1\tentailment\t0.750000\t0.250000\n2\tcontradiction\t0.125000\t0.500000\n3\tcontradiction\t0.125000\t0.500000\n4\tcontradiction\t0.125000\t0.500000\n5\tneutral\t0.000000\t0.000000\n6\tentailment\t0.750000\t0.250000\n",
			5.0 / 6, "not_entailment is matched by neutral and contradiction, neutral by neutral only"},
		{"pairs of SICK", (*app).evalPairs,
			"pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n1\ta\ta\t5\tENTAILMENT\n",
			"1\tentailment\t0.750000\t0.250000\n", 1, ""},
		{"meet", (*app).evalMeet,
			"pair_id\tclaim_a\tclaim_b\tlabel\n1\ta\ta\tweaken\n2\ta\tb\tnone\n3\ta\ta\tstrengthen\n",
			"1\t0.900000\n2\t0.100000\n3\t0.900000\n", 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "data.tsv")
			if err := os.WriteFile(path, []byte(tt.data), 0o600); err != nil {
				t.Fatal(err)
			}
			var wrote bytes.Buffer
			got, err := tt.task(&app{quiet: true}, context.Background(), []string{path}, &wrote)
			if err != nil {
				t.Fatal(err)
			}
			if wrote.String() != tt.wrote {
				t.Errorf("wrote\n%swant\n%s", wrote.String(), tt.wrote)
			}
			figure := 0.0
			switch f := got.(type) {
			case *labelFigures:
				figure = f.Accuracy
			case *rankFigures:
				figure = f.AveragePrecision
			}
			if figure != tt.labels {
				t.Errorf("figure %g, want %g: %s", figure, tt.labels, tt.reason)
			}
		})
	}
}

// A task whose component is there is offered, and runs by its name.
func TestTasksByName(t *testing.T) {
	for _, name := range taskNames() {
		if (&app{}).task(name) == nil {
			t.Errorf("task %s cannot be run", name)
		}
	}
	if (&app{}).task("nothing") != nil {
		t.Error("an unknown task can be run")
	}
}
