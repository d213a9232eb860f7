"""What running asks of the machine: forked kernels, folders that change places, locks, the terminal."""
