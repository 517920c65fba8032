package corpus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquetRecords reads the columns of a Parquet file that hold single values.
func parquetRecords(name string, r io.ReaderAt, size int64) (found columns, all records, err error) {
	defer rescue(&err)
	// The library makes room for as long a footer as the file says it has.
	var end [8]byte
	if _, err := r.ReadAt(end[:], size-int64(len(end))); err != nil || string(end[4:]) != "PAR1" || int64(binary.LittleEndian.Uint32(end[:]))+12 > size {
		return nil, nil, errors.New("not a whole Parquet file; write it again")
	}
	f, err := parquet.OpenFile(r, size, parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, nil, fmt.Errorf("not a whole Parquet file: %w; write it again", err)
	}
	type leaf struct {
		name string
		text func(parquet.Value) string
	}
	leaves := map[int]leaf{}
	for _, column := range f.Root().Columns() {
		if !column.Leaf() || column.Repeated() {
			continue
		}
		found = append(found, column.Name())
		leaves[column.Index()] = leaf{strings.ToLower(column.Name()), valueText(column.Type())}
	}
	return found, func(yield func(record, error) bool) {
		n := 0
		fail := func(err error) {
			yield(record{}, fmt.Errorf("%s: cannot be read after record %d: %w; write the file again", name, n, err))
		}
		buffer := make([]parquet.Row, 64)
		for _, group := range f.RowGroups() {
			rows, err := openRows(group)
			if err != nil {
				fail(err)
				return
			}
			for {
				got, err := readRows(rows, buffer)
				for _, row := range buffer[:got] {
					n++
					rec := record{where: fmt.Sprintf("%s: record %d", name, n), values: map[string]string{}}
					for _, v := range row {
						if l, ok := leaves[v.Column()]; ok && !v.IsNull() {
							rec.values[l.name] = l.text(v)
						}
					}
					if !yield(rec, nil) {
						_ = rows.Close() // nothing was written
						return
					}
				}
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					_ = rows.Close() // nothing was written
					fail(err)
					return
				}
			}
			_ = rows.Close() // nothing was written
		}
	}, nil
}

func openRows(group parquet.RowGroup) (rows parquet.Rows, err error) {
	defer rescue(&err)
	return group.Rows(), nil
}

func readRows(rows parquet.Rows, buffer []parquet.Row) (n int, err error) {
	defer rescue(&err)
	return rows.ReadRows(buffer)
}

// rescue turns the panic of a library on a broken file into an error.
func rescue(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("broken Parquet: %v", p)
	}
}

// valueText writes values of a column as text: days and time stamps as dates.
func valueText(t parquet.Type) func(parquet.Value) string {
	if l := t.LogicalType(); l != nil {
		switch l := l.Value.(type) {
		case *format.DateType:
			return func(v parquet.Value) string {
				return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
			}
		case *format.TimestampType:
			unit := time.Nanosecond
			switch l.Unit.Value.(type) {
			case *format.MilliSeconds:
				unit = time.Millisecond
			case *format.MicroSeconds:
				unit = time.Microsecond
			}
			perSecond := int64(time.Second / unit)
			return func(v parquet.Value) string {
				return time.Unix(v.Int64()/perSecond, v.Int64()%perSecond*int64(unit)).UTC().Format(time.DateOnly)
			}
		}
	}
	if t.Kind() == parquet.ByteArray || t.Kind() == parquet.FixedLenByteArray {
		return func(v parquet.Value) string { return string(v.ByteArray()) }
	}
	return func(v parquet.Value) string { return v.String() }
}
