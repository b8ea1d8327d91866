#!/usr/bin/env bash
# Run one step of a make target: say what it is, run it, say how long it took.
label=$1; shift
start=$(date +%s.%N)
printf '==> %s\n' "$label"
"$@" || { code=$?; printf '==> %s：没有成功（退出码 %s）\n' "$label" "$code" >&2; exit "$code"; }
printf '==> %s：%.1f 秒\n' "$label" "$(echo "$(date +%s.%N) - $start" | bc 2>/dev/null || python3 -c "import time; print(time.time() - $start)")"
