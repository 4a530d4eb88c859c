#!/bin/bash
# Visibilities summed by 16 parts, and a last step that adds them: sbatch slurm.sh
#SBATCH --array=0-15
#SBATCH --cpus-per-task=4
#SBATCH --time=01:00:00
set -eu
# The same for every part and for the last step.
prepare=(npx wtilde prepare --data alma --mask-radius 3 --pixel-scale 0.05 --shape 200 --out alma.npz --executor array:parts)

# Once, by the first part: the last step runs when all parts are done, and has no index.
if [ "$SLURM_ARRAY_TASK_ID" -eq "$SLURM_ARRAY_TASK_MIN" ]; then
  sbatch --dependency="afterok:$SLURM_ARRAY_JOB_ID" --wrap "env -u SLURM_ARRAY_TASK_ID $(printf '%q ' "${prepare[@]}")"
fi
# Parts that failed run again with --array=3,7 and this number as it was.
export WTILDE_ARRAY_COUNT=16
exec "${prepare[@]}"
