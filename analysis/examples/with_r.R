# Rscript analysis/examples/with_r.R first.h5
# Reads a result in R with Bioconductor's rhdf5 (Debian: r-bioc-rhdf5). R lists dimensions the other way round: what is
# (point, policy) in the file is [policy, point] here.
suppressMessages(library(rhdf5))
file <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(file) || !file.exists(file)) {
  cat("with_r: ", if (is.na(file)) "no result file is named" else paste(file, "does not exist"),
      "; say Rscript analysis/examples/with_r.R first.h5\n", sep = "", file = stderr())
  quit(status = 2)
}

column <- function(name) h5read(file, name)
# rhdf5 warns of references between columns and dimensions, which are not needed here.
about <- function(name, what) suppressWarnings(h5readAttributes(file, name))[[what]]
root <- h5readAttributes(file, "/")
cat(root$kernel, "version", root$kernel_version, "content", substr(root$content_hash, 1, 12), "\n")

settled <- column("ending_settlement")
cat(about("ending_settlement", "long_name"), "\n")
by_policy <- if (is.matrix(settled)) rowMeans(settled, na.rm = TRUE) else mean(settled, na.rm = TRUE)
cat("settled:", format(by_policy, digits = 12), "\n")

# Each number of months is a mean over the runs that `_n` counts: weigh by them.
months <- column("war_months")
weight <- column("war_months_n")
cat("war_months [", about("war_months", "units"), "]: ", format(weighted.mean(months, weight), digits = 12), "\n", sep = "")

names <- h5ls(file, recursive = FALSE)$name
roles <- vapply(names, function(n) { role <- about(n, "role"); if (is.null(role)) "" else role }, "")
table <- as.data.frame(sapply(names[roles == "uncertainty"], column))
table$settled <- if (is.matrix(settled)) settled[1, ] else settled
fit <- lm(settled ~ ., data = table)
cat("settled at the first policy falls or rises by", format(coef(fit)[["autocracy_a"]], digits = 12), "per unit of autocracy_a\n")
