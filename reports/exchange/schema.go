package exchange

import _ "embed"

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of what WriteJSON and
// WriteClaimsJSON write. It allows further fields, as the contract does.
func Schema() []byte { return append([]byte(nil), schema...) }
