import { openContactCentre } from "../../src/cli/offline/contact-centre";
import { smsInHours } from "../../src/cli/stories/sms-stories";
import { type Played, playStory } from "../../src/cli/stories/story";
import { copyProject } from "./project";

/** Deploys a project into an empty simulated account and plays the SMS story there. */
async function playDeployed(root: string): Promise<Played> {
  const centre = await openContactCentre({ root, deployed: true, whenOpen: true, processes: 1 });
  try {
    return await playStory(centre, smsInHours);
  } finally {
    await centre.stop();
  }
}

const broken = ({ promises }: Played) => promises.filter(({ kept }) => !kept).map(({ words }) => words);

it("plays the SMS story on the deployed build", async () => {
  const played = await playDeployed(process.cwd());
  expect(broken(played)).toEqual([]);
  const functions = played.steps
    .filter(({ kind }) => kind === "function")
    .map(({ name, status }) => `${name} ${status}`);
  expect(functions).toContain("/studio/customer-context 200");
  expect(functions).toContain("/studio/opening-hours 200");
});

it.each([
  ["a file that was not uploaded", "../lib/opening-hours"],
  ["a package that is no dependency", "liquidjs"],
])("fails the story when a Function requires %s", async (_, name) => {
  const project = copyProject();
  const file = "dist/functions/studio/opening-hours.protected.js";
  project.write(file, `require(${JSON.stringify(name)});\n${project.read(file)}`);
  const played = await playDeployed(project.root);
  project.delete();
  expect(broken(played)).toEqual(["no Function failed"]);
});
