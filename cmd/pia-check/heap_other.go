//go:build !linux

package main

func useHugePages() {} // the system's business
