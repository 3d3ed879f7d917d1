# Holdfast as a service. Build with: docker build -t holdfast .
# Run with a folder of yours for plans, keys and journal, and TLS before the ports:
#   docker run -v "$HOME/holdfast:/var/lib/holdfast" -p 127.0.0.1:8420:8420 holdfast
# PostgreSQL's server programs are inside because every proof restores into a server of its own; they must not be
# older than the servers that are dumped.

ARG POSTGRES=18

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
COPY routes routes
COPY systems systems
COPY application.yml ./
RUN mvn --batch-mode --no-transfer-progress package -DskipTests

FROM eclipse-temurin:25-jre-noble AS jre

FROM postgres:${POSTGRES}-bookworm
COPY --from=jre /opt/java/openjdk /opt/java/openjdk
RUN useradd --system --create-home --home-dir /var/lib/holdfast --shell /usr/sbin/nologin holdfast
COPY --from=build /build/target/holdfast.jar /opt/holdfast/holdfast.jar
COPY --from=build /build/target/lib /opt/holdfast/lib
COPY --from=build /build/routes /opt/holdfast/routes
COPY --chown=holdfast:holdfast application.yml /var/lib/holdfast/application.yml
COPY --chown=holdfast:holdfast routes /var/lib/holdfast/routes
COPY --chown=holdfast:holdfast systems /var/lib/holdfast/systems
# Inside a container its own loopback is nobody else's: publish the ports only where TLS ends before them.
ENV HOLDFAST_HOME=/var/lib/holdfast SERVER_ADDRESS=0.0.0.0 MANAGEMENT_SERVER_ADDRESS=0.0.0.0 PATH=/opt/java/openjdk/bin:$PATH
# Plans, keys, journal and first password outlive the container.
VOLUME /var/lib/holdfast
USER holdfast
WORKDIR /var/lib/holdfast
EXPOSE 8420 8421
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8421 && printf 'GET /actuator/health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms48m", "-Xmx256m", "-Xmn40m", "-XX:SurvivorRatio=3", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "-Dholdfast.install=/opt/holdfast", "-jar", "/opt/holdfast/holdfast.jar"]
CMD ["serve"]
