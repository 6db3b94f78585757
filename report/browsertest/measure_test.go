package browsertest

import (
	"github.com/chromedp/cdproto/performance"
	"os"
	"testing"
	"time"
)

func TestMeasure(t *testing.T) {
	file := os.Getenv("PAGE")
	if file == "" {
		t.Skip()
	}
	b := open(t, file, desktop)
	for _, m := range call(b, performance.GetMetrics, struct{}{}).Metrics {
		t.Log(m.Name, m.Value)
	}
	t.Log(eval[any](b, `new Promise(r=>requestAnimationFrame(()=>setTimeout(()=>{const n=performance.getEntriesByType("navigation")[0];r([performance.getEntriesByType("paint").map(e=>e.name+" "+e.startTime), n.domInteractive,n.domContentLoadedEventEnd,n.loadEventEnd, document.querySelectorAll("*").length])})))`))
	for _, action := range []string{
		`document.querySelector("[name=o][value=fail]").click()`,
		`document.querySelector("[name=s][value=high]").click()`,
		`document.getElementById("t").value="0",document.getElementById("t").dispatchEvent(new Event("input",{bubbles:true}))`,
		`document.querySelector(".filters button").click()`,
		`document.querySelector("[name=o][value=pass]").click()`,
		`document.querySelector(".filters button").click()`,
		`document.getElementById("q").value="17 years",document.getElementById("q").dispatchEvent(new Event("input",{bubbles:true}))`,
		`document.getElementById("q").value="9 years",document.getElementById("q").dispatchEvent(new Event("input",{bubbles:true}))`,
	} {
		t.Log(action, eval[any](b, `new Promise(r=>{const s=performance.now();`+action+`;setTimeout(()=>requestAnimationFrame(()=>setTimeout(()=>r([performance.now()-s,document.querySelector("output").value]))))})`))
		time.Sleep(500 * time.Millisecond)
	}
}
