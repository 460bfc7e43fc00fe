# Packages are built in the first stage, so that the second carries neither compiler nor package cache.
FROM python:3.11-slim AS packages
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
RUN groupadd --gid 10001 screener \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin screener
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY screener ./screener
COPY models ./models
# With read-only files Python can't keep compiled modules later, so they are made now.
RUN python -m compileall -q screener \
    && printf '#!/bin/sh\nexec python -m screener "$@"\n' > /usr/local/bin/screener \
    && chmod 0755 /usr/local/bin/screener
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["screener", "serve", "--host", "0.0.0.0", "--port", "8000"]
