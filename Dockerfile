# The portal in a container: web, worker and beat are the same image with another command (see Procfile, compose.yaml).
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /app/.venv && /app/.venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock

FROM python:3.13-slim-bookworm
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/glashatay LISTEN=0.0.0.0
RUN useradd --system --uid 10001 --create-home glashatay \
    && install --directory --owner glashatay /var/lib/glashatay
WORKDIR /app
COPY --from=build /app/.venv /app/.venv
COPY . .
# The catalogue is compiled here: the running portal cannot write into its own program.
RUN SECRET_KEY=build python manage.py translations --compile
USER glashatay
VOLUME /var/lib/glashatay
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn_conf.py", "config.wsgi"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "deploy.health"]
