package embedding

var fastest = generic
