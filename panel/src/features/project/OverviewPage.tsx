// The first page: how much there is, and what to do next.
import { Anchor, Card, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCan, useMe } from "@/app/me";
import { areasFor } from "@/app/navigation";
import { texts } from "@/app/texts";
import { PageHeader } from "@/components/PageHeader";
import { statisticsQuery } from "./api";

const NUMBERS = ["contentTypes", "locales", "admins", "webhooks"] as const;

export function OverviewPage() {
  const me = useMe();
  const statistics = useQuery(statisticsQuery);
  const places = areasFor(useCan()).flatMap((area) => area.places.filter(({ to }) => to !== "/"));
  return (
    <>
      <PageHeader title={texts.overview.title(me.firstname ?? me.email)} hint={texts.overview.hint} />
      <SimpleGrid cols={{ base: 2, md: 4 }} mb="xl">
        {NUMBERS.map((name) => (
          <Card withBorder key={name}>
            {statistics.data ? (
              <Text fz={28} fw={700}>
                {statistics.data[name]}
              </Text>
            ) : (
              <Skeleton height={28} width={48} my={8} />
            )}
            <Text c="dimmed" size="sm">
              {texts.overview.numbers[name]}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        {places.map((place) => (
          <Card withBorder key={place.to}>
            <Anchor component={Link} to={place.to} fw={600}>
              {place.label}
            </Anchor>
            <Text c="dimmed" size="sm">
              {texts.overview.places[place.to as keyof typeof texts.overview.places]}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
    </>
  );
}
