# syntax=docker/dockerfile:1
# To pin the base, add its digest: docker buildx imagetools inspect python:3.13-slim prints it. Renew it by hand:
# dependabot reads no ARG.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --constraint constraints.txt --wheel-dir /wheels '.[charts,har,uvloop]'

FROM ${BASE}
LABEL org.opencontainers.image.title="mockpin" \
      org.opencontainers.image.description="Test what you send to Pinterest's Conversions API without sending it to Pinterest." \
      org.opencontainers.image.licenses="MIT AND LGPL-2.1-only"
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index /wheels/*.whl \
    && useradd --uid 10001 --no-create-home mockpin \
    && install --directory --owner mockpin /data
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 7466
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --start-interval=1s \
    CMD ["mockpin", "wait", "--timeout", "3s"]
ENTRYPOINT ["mockpin"]
CMD ["serve", "--host", "0.0.0.0"]
