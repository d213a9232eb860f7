"""An Airflow DAG that regenerates the reports every hour: copy it to the folder of DAGs.

The Airflow variable `synoptic_folder` says where the suite lies; without it, /srv/synoptic. Synoptic stays in its own
environment: Airflow only calls the command. Its exit code 3 (some articles were skipped) marks the task as skipped,
so that it is seen and does not fail; 4 (a run is at work already) fails and is tried again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:  # Airflow 2
    from airflow.operators.bash import BashOperator

FOLDER = "{{ var.value.get('synoptic_folder', '/srv/synoptic') }}"

with DAG(
    dag_id="synoptic",
    description="What several articles about one story claim, where they agree, and where they do not",
    schedule="17 * * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
    tags=["synoptic"],
) as dag:
    BashOperator(
        task_id="regenerate",
        bash_command="cd " + FOLDER + " && .venv/bin/synoptic run --all --quiet",
        skip_on_exit_code=3,
    )
