# Holdfast as a service. Build with: docker build -t holdfast .
# PostgreSQL's server programs are inside because every proof restores into a server of its own.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
COPY routes routes
COPY systems systems
COPY application.yml ./
RUN mvn --batch-mode --no-transfer-progress package -DskipTests

FROM eclipse-temurin:25-jre-noble
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/holdfast --shell /usr/sbin/nologin holdfast
COPY --from=build /build/target/holdfast.jar /opt/holdfast/holdfast.jar
COPY --from=build /build/target/lib /opt/holdfast/lib
COPY --chown=holdfast:holdfast application.yml /var/lib/holdfast/application.yml
COPY --chown=holdfast:holdfast routes /var/lib/holdfast/routes
COPY --chown=holdfast:holdfast systems /var/lib/holdfast/systems
ENV HOLDFAST_HOME=/var/lib/holdfast
USER holdfast
WORKDIR /var/lib/holdfast
EXPOSE 8420 8421
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
    CMD ["java", "-jar", "/opt/holdfast/holdfast.jar", "status", "--health"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms48m", "-Xmx256m", "-Xmn40m", "-XX:SurvivorRatio=3", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-jar", "/opt/holdfast/holdfast.jar"]
CMD ["serve"]
