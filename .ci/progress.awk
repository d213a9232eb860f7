# Tells how far pip is: which package of how many, over one line on a terminal, every tenth elsewhere.
BEGIN { terminal = (system("test -t 1") == 0) }
/^Ignoring / { of-- }
/^(Collecting|Processing) / {
    package = $2; sub(/.*\//, "", package); sub(/[-=;].*/, "", package); count++
    if (terminal) printf "\r\033[K  fetching %d of %d: %s", count, of, package
    else if (count % 10 == 1) printf "  fetching %d of %d: %s\n", count, of, package
    fflush()
}
/^Installing collected packages/ {
    printf "%s  unpacking %d packages ...\n", (terminal ? "\r\033[K" : ""), count
    fflush()
}
