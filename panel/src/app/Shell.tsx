// The frame of every page inside: navigation, the command palette and one's own account.
import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Group,
  Kbd,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconLogout, IconMoon, IconSearch, IconSun, IconUser } from "@tabler/icons-react";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Fragment, lazy, Suspense, useEffect, useRef } from "react";
import { nameOf } from "@/api/types";
import { Logo } from "@/components/Logo";
import { signOut } from "@/features/sessions/api";
import { useCan, useMe } from "./me";
import { areasFor, type Place } from "./navigation";
import { Palette } from "./Palette";
import { texts } from "./texts";

const CONTENT = "/content-manager";
const ContentNavigation = lazy(() => import("@/features/content-manager/ContentNavigation"));

export function Shell() {
  const [opened, navigation] = useDisclosure(false);
  const [searching, palette] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  useHotkeys(
    [
      ["mod+K", palette.toggle],
      ["mod+S", saveForm],
    ],
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address closes the drawer and moves the reader on
  useEffect(() => {
    navigation.close();
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={{ base: "md", sm: "xl" }}
    >
      <a className="panel-skip" href="#content">
        {texts.nav.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={navigation.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={texts.nav.menu}
              aria-expanded={opened}
            />
            <Logo />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              visibleFrom="xs"
              onClick={palette.open}
              leftSection={<IconSearch size={14} />}
              rightSection={<Kbd size="xs">{shortcut()}</Kbd>}
            >
              {texts.nav.find}
            </Button>
            <ActionIcon size="lg" hiddenFrom="xs" onClick={palette.open} aria-label={texts.nav.find}>
              <IconSearch size={18} />
            </ActionIcon>
            <SchemeButton />
            <Account />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={texts.nav.label}>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation path={path} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} ref={main} style={{ outline: "none" }}>
        <Outlet />
      </AppShell.Main>
      <Palette opened={searching} onClose={palette.close} />
    </AppShell>
  );
}

function Navigation({ path }: { path: string }) {
  return areasFor(useCan()).map((area) => (
    <Fragment key={area.label ?? ""}>
      {area.label && (
        <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>
          {area.label}
        </Text>
      )}
      {area.places.map((place) => (
        <Fragment key={place.to}>
          <PlaceLink place={place} active={place.to === "/" ? path === "/" : path.startsWith(place.to)} />
          {place.to === CONTENT && path.startsWith(CONTENT) && (
            <Suspense fallback={null}>
              <ContentNavigation path={path} />
            </Suspense>
          )}
        </Fragment>
      ))}
    </Fragment>
  ));
}

function PlaceLink({ place, active }: { place: Place; active: boolean }) {
  return (
    <NavLink
      component={Link}
      to={place.to}
      label={place.label}
      active={active}
      aria-current={active ? "page" : undefined}
      leftSection={<place.icon size={18} stroke={1.7} />}
      style={{ borderRadius: "var(--mantine-radius-md)" }}
    />
  );
}

function SchemeButton() {
  const shown = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const { toggleColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <ActionIcon size="lg" onClick={toggleColorScheme} aria-label={texts.nav.scheme}>
      {shown === "dark" ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function Account() {
  const me = useMe();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size="lg" aria-label={texts.nav.account}>
          <IconUser size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{nameOf(me)}</Menu.Label>
        <Menu.Item component={Link} to="/me" leftSection={<IconUser size={16} />}>
          {texts.nav.profile}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {texts.nav.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Save what is open, as the button would. */
function saveForm(): void {
  document.querySelector<HTMLFormElement>("[role=dialog] form, main form")?.requestSubmit();
}

function shortcut(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K";
}
