module github.com/pia-check/pia-check/bench

go 1.26.8

require github.com/pia-check/pia-check v0.0.0

replace github.com/pia-check/pia-check => ../

tool (
	github.com/open-policy-agent/conftest
	github.com/open-policy-agent/opa
)
