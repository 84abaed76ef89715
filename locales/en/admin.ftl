# What administrators read.
